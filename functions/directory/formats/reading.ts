import type { Anomaly, SchoolFileFormat, SchoolFileHeader, SchoolFileRecord } from '../../../shared/directory/school-file.ts';
import type { AnomalyCode } from '../../../shared/directory/school-file-anomaly.ts';
import { Failure } from '../../../shared/kernel/index.ts';
import type { Element } from './elements.ts';
import { clean, dateOf, emailOf, phoneOf, trimmed } from './fields.ts';

/** How one format is read: which elements are its records and what each becomes. */
export interface FormatReader {
  readonly format: SchoolFileFormat;
  readonly records: Readonly<Record<string, (element: Element) => void>>;
  /** End tags of sections that settle what was waiting. */
  readonly sections?: Readonly<Record<string, () => void>>;
  end(): void;
}

export type Subject = NonNullable<Anomaly['subject']>;

/** Anomalies of one code in one file after which no more are listed: a wrong column would fill a list that nobody reads. */
const LISTED = 2_000;

/** What reading one file has found so far: the records ready to be taken, and the one place where values become clean or an anomaly. */
export class Reading {
  readonly file: string;
  readonly #school: string | undefined;
  readonly #listed = new Map<AnomalyCode, number>();
  #ready: SchoolFileRecord[] = [];
  #useful = false;
  header: SchoolFileHeader | undefined;

  constructor(file: string, school: string | undefined) {
    this.file = file;
    this.#school = school;
  }

  /** The header, once: refuses a file that does not say whose it is, and another school's. */
  begin(header: Omit<SchoolFileHeader, 'type' | 'file' | 'uai'> & { uai: string | undefined }): void {
    const { file } = this;
    if (this.header !== undefined) throw new Failure('refused', 'directory.file-malformed', { file });
    if (header.uai === undefined) throw new Failure('refused', 'directory.file-without-school', { file });
    const uai = header.uai.slice(0, 32).toUpperCase();
    if (this.#school !== undefined && uai !== this.#school) {
      throw new Failure('refused', 'directory.file-of-another-school', { file, school: this.#school, found: uai });
    }
    this.header = { ...header, type: 'header', file, uai };
    this.#ready.push(this.header);
  }

  /** Everything else comes after the header. */
  emit(record: Exclude<SchoolFileRecord, SchoolFileHeader>): void {
    if (this.header === undefined) throw new Failure('refused', 'directory.file-without-school', { file: this.file });
    if (record.type !== 'anomaly' && record.type !== 'school' && record.type !== 'timetable') this.#useful = true;
    this.#ready.push(record);
  }

  take(): SchoolFileRecord[] {
    const taken = this.#ready;
    this.#ready = [];
    return taken;
  }

  /** A file of nobody would read as "everyone left". */
  end(): void {
    if (this.header === undefined) throw new Failure('refused', 'directory.file-without-school', { file: this.file });
    if (!this.#useful && this.header.format !== 'siecle-common')
      throw new Failure('refused', 'directory.file-without-records', { file: this.file });
  }

  report(code: AnomalyCode, line: number, subject?: Subject, more?: Pick<Anomaly, 'field' | 'related'>): void {
    const listed = (this.#listed.get(code) ?? 0) + 1;
    this.#listed.set(code, listed);
    if (listed > LISTED) return;
    this.emit({ type: 'anomaly', code, file: this.file, line: Math.max(1, line), ...(subject && { subject }), ...more });
  }

  /** Values of one record, each under the name that the file gives it. */
  valuesOf(element: Element, subject: Subject, raw: (field: string) => string | undefined): Values {
    return new Values(this, element.line, subject, raw);
  }
}

/** Reads the fields of one record and reports what is wrong with them under that record's id. */
export class Values {
  readonly #reading: Reading;
  readonly #line: number;
  readonly #subject: Subject;
  readonly #raw: (field: string) => string | undefined;

  constructor(reading: Reading, line: number, subject: Subject, raw: (field: string) => string | undefined) {
    this.#reading = reading;
    this.#line = line;
    this.#subject = subject;
    this.#raw = raw;
  }

  report(code: AnomalyCode, field?: string): void {
    this.#reading.report(code, this.#line, this.#subject, field === undefined ? undefined : { field });
  }

  /** Visible text of at most `longest` characters. */
  text(field: string, longest = 120): string | undefined {
    const raw = this.#raw(field);
    if (raw === undefined || raw === '') return undefined;
    const text = clean(raw);
    if (text.length <= longest) return text || undefined;
    this.report('text-cut', field);
    return text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  }

  /** The same with inner spaces as they are. */
  code(field: string, longest = 64): string | undefined {
    const raw = this.#raw(field);
    return raw === undefined ? undefined : trimmed(raw).slice(0, longest) || undefined;
  }

  date(field: string): string | undefined {
    const text = this.text(field, 40);
    if (text === undefined) return undefined;
    const date = dateOf(text);
    if (date === undefined) this.report('date-impossible', field);
    return date;
  }

  email(field: string): string | undefined {
    const text = this.text(field, 4_000);
    if (text === undefined) return undefined;
    const email = emailOf(text);
    if (email === undefined) this.report('email-invalid', field);
    return email;
  }

  phone(field: string): string | undefined {
    const text = this.text(field, 64);
    if (text === undefined) return undefined;
    const phone = phoneOf(text);
    if (phone === undefined) this.report('phone-invalid', field);
    return phone;
  }
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the keys whose value is `undefined`: absent fields are absent from records. */
export function defined<T extends object>(fields: T): Defined<T> {
  const kept: Record<string, unknown> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as Defined<T>;
}
