import type { SchoolFileRecord } from '../../../shared/directory/school-file.ts';
import { Failure, type FailureCode } from '../../../shared/kernel/index.ts';
import { filesOf, isZip } from './archive.ts';
import { BOUNDS, type Bounds } from './bounds.ts';
import { edt } from './edt.ts';
import { type Element, ElementStream } from './elements.ts';
import { type Decoder, decoderOf, enoughToDecode } from './encoding.ts';
import { type FormatReader, Reading } from './reading.ts';
import { siecleCommon } from './siecle-common.ts';
import { siecleGuardians } from './siecle-guardians.ts';
import { siecleNomenclature } from './siecle-nomenclature.ts';
import { sieclePupils } from './siecle-pupils.ts';
import { siecleStructures } from './siecle-structures.ts';
import { sts } from './sts.ts';

type MakeReader = (reading: Reading, version: string | undefined, root: Readonly<Record<string, string>>) => FormatReader;

/** What a file is, by its root element. */
const READERS: ReadonlyMap<string, MakeReader> = new Map<string, MakeReader>([
  ['BEE_ELEVES', sieclePupils],
  ['BEE_EPHC_ELEVES', sieclePupils],
  ['BEE_RESPONSABLES', siecleGuardians],
  ['BEE_EPHC_RESPONSABLES', siecleGuardians],
  ['BEE_NOMENCLATURES', siecleNomenclature],
  ['BEE_STRUCTURES', siecleStructures],
  ['BEE_COMMUN', siecleCommon],
  ['STS_EDT', sts],
  ['ExportEmploiDuTemps', edt],
]);

/** Files that schools take for an export, and why they are none. */
const REFUSED: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  // emp_sts_….xml, which EDT sends up to STS-Web: services, but neither people nor names.
  ['EDT_STS', 'directory.sts-upward-file'],
  // Encrypted for one contracted partner of Index Éducation.
  ['EXPORT_INDEX_EDUCATION', 'directory.edt-encrypted'],
]);

export interface SchoolFileOptions {
  /** Name of the file, for messages. It decides nothing. */
  readonly file: string;
  /** The school this import is for: another's file is refused at its header. */
  readonly school?: string;
  readonly bounds?: Partial<Bounds>;
}

/** Whether the first character that is no white space, byte order mark or half of a UTF-16 character is `<`. */
const startsWithMarkup = (head: Uint8Array): boolean =>
  head.find((byte) => ![0x00, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff].includes(byte)) === 0x3c;

/** One XML document of an upload, fed with pieces of bytes. */
class Document {
  readonly #file: string;
  readonly #stream: ElementStream;
  readonly reading: Reading;
  #head: Uint8Array | undefined = new Uint8Array(0);
  #decoder: Decoder | undefined;
  #reader: FormatReader | undefined;

  constructor(file: string, options: SchoolFileOptions, bounds: Bounds) {
    this.#file = file;
    this.reading = new Reading(file, options.school);
    this.#stream = new ElementStream(file, bounds, {
      root: (name, attributes, line) => {
        const refused = REFUSED.get(name);
        if (refused !== undefined) throw new Failure('refused', refused, { file });
        const make = READERS.get(name);
        if (make === undefined) throw new Failure('refused', 'directory.file-unknown', { file, root: name.slice(0, 80), line });
        this.#reader = make(this.reading, attributes.VERSION ?? attributes.Version, attributes);
      },
      isRecord: (path) => Object.hasOwn(this.#reader?.records ?? {}, path),
      record: (path: string, element: Element) => this.#reader?.records[path]?.(element),
      section: (path) => this.#reader?.sections?.[path]?.(),
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#decoder !== undefined) {
      this.#decode(bytes);
      return;
    }
    const head = this.#head === undefined || this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (enoughToDecode(head)) this.#begin(head);
    else this.#head = head;
  }

  end(): void {
    if (this.#decoder === undefined && this.#head !== undefined && this.#head.length > 0) this.#begin(this.#head);
    if (this.#decoder !== undefined) this.#decode(undefined);
    this.#stream.end();
    this.#reader?.end();
    this.reading.end();
  }

  #begin(head: Uint8Array): void {
    if (isZip(head)) throw new Failure('refused', 'directory.archive-nested', { file: this.#file });
    this.#decoder = decoderOf(head, this.#file);
    this.#head = undefined;
    // A table, a picture, a PDF: not even broken XML.
    if (!startsWithMarkup(head)) throw new Failure('refused', 'directory.file-unknown', { file: this.#file });
    this.#decode(head);
  }

  #decode(bytes: Uint8Array | undefined): void {
    let text: string;
    try {
      text = this.#decoder?.decode(bytes) ?? '';
    } catch {
      const { encoding } = this.#decoder ?? {};
      throw new Failure('refused', 'directory.file-wrong-encoding', { file: this.#file, encoding, line: this.#stream.line });
    }
    // An inflated piece can be megabytes long: short texts keep the parser's own buffers small.
    for (let from = 0; from < text.length; from += TEXT_STEP) this.#stream.write(text.slice(from, from + TEXT_STEP));
  }
}

const TEXT_STEP = 64 * 1024;

/**
 * Reads an export of a school, or a zip of them, in constant memory: first its header, then its people, groups, courses and anomalies.
 * The source is read as fast as the records are taken.
 *
 * Throws `Failure('refused', 'directory.…')`, each with `details.file`, and the line where there is one:
 * file-empty, file-unknown (root), file-malformed, file-with-doctype, file-too-complex, file-too-large, file-encoding-unknown, file-wrong-encoding,
 * file-without-school, file-of-another-school (school, found), file-without-records, sts-upward-file, edt-encrypted,
 * archive-unreadable, archive-nested, archive-unsafe-name, archive-too-many-files, archive-bomb.
 */
export async function* readSchoolFile(source: AsyncIterable<Uint8Array>, options: SchoolFileOptions): AsyncGenerator<SchoolFileRecord> {
  const bounds = { ...BOUNDS, ...options.bounds };
  let document: Document | undefined;
  for await (const { file, bytes, last } of filesOf(source, options.file.slice(0, 400), bounds)) {
    document ??= new Document(file, options, bounds);
    document.write(bytes);
    if (last) document.end();
    yield* document.reading.take();
    if (last) document = undefined;
  }
}
