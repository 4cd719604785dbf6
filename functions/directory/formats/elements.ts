import { SaxesParser } from 'saxes';
import { Failure } from '../../../shared/kernel/index.ts';
import type { Bounds } from './bounds.ts';

/** One person, class or course of a file with all that it contains; the rest of the document is never held. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Characters of a leaf, cut at the longest that any field may be. */
  text: string;
  /** Line at which the start tag ends. */
  readonly line: number;
}

/** What a format wants of a document. Paths are below the root: `DONNEES/ELEVES/ELEVE`. */
export interface ElementHandlers {
  root(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  /** Whether the element at this path is a record, to be handed over whole. */
  isRecord(path: string): boolean;
  record(path: string, element: Element): void;
  /** A section that is not within a record ends. */
  section(path: string): void;
}

const LONGEST_TEXT = 4_000;

const PREDEFINED: Record<string, string> = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });

const local = (name: string) => {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
};

/**
 * Text in, records out, in constant memory. No DTD is read: a document type declaration is refused, so that no entity but XML's own five
 * exists. Refuses with the line: what is not well-formed, too deep, too long or too many.
 */
export class ElementStream {
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #file: string;
  readonly #bounds: Bounds;
  #written = 0;
  #eventAt = 0;
  #sawRoot = false;

  constructor(file: string, bounds: Bounds, handlers: ElementHandlers) {
    this.#file = file;
    this.#bounds = bounds;
    const parser = this.#parser;
    // The parser's own table inherits from Object: `&constructor;` would be known.
    parser.ENTITIES = PREDEFINED;
    const path: string[] = [];
    const open: Element[] = [];
    let elements = 0;
    let inRecord = 0;

    const heard = () => {
      this.#eventAt = parser.position;
    };
    // Five handlers and no more: each is a property that saxes adds by a computed name, and V8 makes the parser seven times slower
    // once it has too many of those. Without an error handler the parser throws.
    parser.on('doctype', () => this.#refuse('directory.file-with-doctype'));
    parser.on('opentag', (tag) => {
      heard();
      elements += 1;
      const name = local(tag.name);
      if (!this.#sawRoot) {
        this.#sawRoot = true;
        handlers.root(name, tag.attributes, parser.line);
        return;
      }
      const parent = open.at(-1);
      if (elements > bounds.elements || path.length + open.length >= bounds.depth) this.#refuse('directory.file-too-complex');
      if (parent === undefined) {
        path.push(name);
        const here = path.join('/');
        if (!handlers.isRecord(here)) return;
        inRecord = 1;
      } else {
        inRecord += 1;
        if (inRecord > bounds.elementsPerRecord) this.#refuse('directory.file-too-complex');
      }
      const element: Element = { name, attributes: tag.attributes, children: [], text: '', line: parser.line };
      parent?.children.push(element);
      open.push(element);
    });
    const text = (characters: string) => {
      heard();
      const element = open.at(-1);
      if (element === undefined || element.children.length > 0 || element.text.length >= LONGEST_TEXT) return;
      element.text = (element.text + characters).slice(0, LONGEST_TEXT);
    };
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('closetag', () => {
      heard();
      const element = open.pop();
      if (element === undefined) {
        if (path.length === 0) return;
        handlers.section(path.join('/'));
        path.pop();
      } else if (open.length === 0) {
        handlers.record(path.join('/'), element);
        path.pop();
      }
    });
  }

  /** Line of the next character. */
  get line(): number {
    return this.#parser.line;
  }

  write(text: string): void {
    this.#parse(() => this.#parser.write(text));
    this.#written += text.length;
    if (this.#written - this.#eventAt > this.#bounds.token) this.#refuse('directory.file-too-complex');
  }

  end(): void {
    if (!this.#sawRoot && this.#written === 0) throw new Failure('refused', 'directory.file-empty', { file: this.#file });
    this.#parse(() => this.#parser.close());
  }

  #parse(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (error instanceof Failure) throw error;
      // What the parser says repeats the document: the code and the line are enough.
      this.#refuse('directory.file-malformed');
    }
  }

  #refuse(code: 'directory.file-malformed' | 'directory.file-with-doctype' | 'directory.file-too-complex'): never {
    throw new Failure('refused', code, { file: this.#file, line: this.#parser.line, column: this.#parser.column });
  }
}
