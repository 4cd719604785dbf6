/** Markup whose every value was escaped, or is markup itself. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

export const escapeText = (text: string): string => text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');

type Value = string | Markup | undefined | readonly Value[];

const inserted = (value: Value): string => {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  return typeof value === 'string' ? escapeText(value) : value.map(inserted).join('');
};

/** A tagged template: what is inserted is text, escaped for elements and quoted attributes alike. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(parts.reduce((written, part, index) => `${written}${inserted(values[index - 1])}${part}`));
