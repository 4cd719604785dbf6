/**
 * Key and path templates: `'{uai}#{date}'`, `/schools/{uai}/lessons/{lessonId}`.
 * The template is the documentation, the type of its parameters and the code that fills it.
 */
export type ParamsOf<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamsOf<Rest> : never;

const PLACEHOLDER = /\{(\w+)\}/g;

export const paramsOf = (template: string): string[] => [...template.matchAll(PLACEHOLDER)].map(([, name]) => name as string);

/** Fills a template; `undefined` when a value is missing (a sparse index). Throws on a value that holds the separator `#`. */
export function fill(template: string, values: Readonly<Record<string, unknown>>): string | undefined {
  let complete = true;
  const filled = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null) {
      complete = false;
      return '';
    }
    const text = String(value);
    if (text.includes('#')) throw new RangeError(`"${name}" may not contain "#" in the key ${template}`);
    return text;
  });
  return complete ? filled : undefined;
}
