const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** XML as exports are laid out: two spaces a level, one leaf a line, no attribute or leaf for what is `undefined`. */
export class XmlWriter {
  readonly #encoding: Encoding;
  readonly #lines: string[];
  readonly #open: string[] = [];

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#lines = [`<?xml version="1.0" encoding="${encoding}"?>`];
  }

  element(name: string, attributes: Attributes, children: () => void): void {
    this.#line(`<${name}${this.#attributes(attributes)}>`);
    this.#open.push(name);
    children();
    this.#open.pop();
    this.#line(`</${name}>`);
  }

  empty(name: string, attributes: Attributes): void {
    this.#line(`<${name}${this.#attributes(attributes)}/>`);
  }

  leaf(name: string, value: string | number | undefined): void {
    if (value !== undefined) this.#line(`<${name}>${escaped(String(value))}</${name}>`);
  }

  leaves(values: Readonly<Record<string, string | number | undefined>>): void {
    for (const [name, value] of Object.entries(values)) this.leaf(name, value);
  }

  bytes(): Uint8Array {
    const text = `${this.#lines.join('\n')}\n`;
    return this.#encoding === 'UTF-8' ? new TextEncoder().encode(text) : latin9(text);
  }

  #attributes(attributes: Attributes): string {
    return Object.entries(attributes)
      .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escaped(String(value))}"`))
      .join('');
  }

  #line(text: string): void {
    this.#lines.push('  '.repeat(this.#open.length) + text);
  }
}

export type Encoding = 'UTF-8' | 'ISO-8859-15';

/** The eight places in which ISO-8859-15 is not ISO-8859-1. */
const LATIN9: Readonly<Record<string, number>> = { '€': 0xa4, Š: 0xa6, š: 0xa8, Ž: 0xb4, ž: 0xb8, Œ: 0xbc, œ: 0xbd, Ÿ: 0xbe };

function latin9(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const byte = LATIN9[character] ?? character.codePointAt(0) ?? 0;
    if (byte > 0xff) throw new RangeError(`ISO-8859-15 has no ${character}`);
    return byte;
  });
}
