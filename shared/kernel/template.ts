/**
 * Key and path templates: `'{uai}#{date}'`, `/schools/{uai}/lessons/{lessonId}`.
 * The template is the documentation, the type of its parameters and the code that fills it.
 */
export type ParamsOf<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamsOf<Rest> : never;

const taken = new Map<string, readonly string[]>();
/** A template taken apart, once: text, name, text, name, … text. Templates are written in the code, so there are few. */
const piecesOf = (template: string): readonly string[] => {
  const pieces = taken.get(template) ?? template.split(/\{(\w+)\}/);
  taken.set(template, pieces);
  return pieces;
};

export const paramsOf = (template: string): string[] => piecesOf(template).filter((_, index) => index % 2 === 1);

/** Fills a template; `undefined` when a value is missing (a sparse index). Throws on a value that holds the separator `#`. */
export function fill(template: string, values: Readonly<Record<string, unknown>>): string | undefined {
  let filled = '';
  for (const [index, piece] of piecesOf(template).entries()) {
    if (index % 2 === 0) {
      filled += piece;
      continue;
    }
    const value = values[piece];
    if (value === undefined || value === null) return undefined;
    const text = String(value);
    if (text.includes('#')) throw new RangeError(`"${piece}" may not contain "#" in the key ${template}`);
    filled += text;
  }
  return filled;
}
