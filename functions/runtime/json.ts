/** Nesting a body may have. */
const DEPTH = 32;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** NUL ends strings elsewhere, and half a surrogate pair is no character: DynamoDB and PDF both choke later, far from the cause. */
export const isSound = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The colons outside strings: how many members the source wrote. */
const membersWritten = (source: string): number => {
  const bare = source.replace(STRING, '');
  let count = 0;
  for (let at = bare.indexOf(':'); at >= 0; at = bare.indexOf(':', at + 1)) count++;
  return count;
};

/**
 * Strict JSON of a stranger: refuses (with undefined) what does not parse, a key written twice (two readers of one body
 * may take different ones), `__proto__`, nesting over 32, and unsound text. `JSON.parse` alone lets all of these pass.
 */
export const parseJson = (source: string): { readonly value: unknown } | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return undefined;
  }
  let members = 0;
  const left: [value: unknown, depth: number][] = [[value, 0]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [one, depth] = next;
    if (typeof one === 'string') {
      if (!isSound(one)) return undefined;
    } else if (typeof one === 'object' && one !== null) {
      if (depth >= DEPTH) return undefined;
      if (Array.isArray(one)) {
        for (const inner of one) left.push([inner, depth + 1]);
      } else {
        for (const [name, inner] of Object.entries(one)) {
          if (name === '__proto__' || !isSound(name)) return undefined;
          members++;
          left.push([inner, depth + 1]);
        }
      }
    }
  }
  return members === membersWritten(source) ? { value } : undefined;
};

/** `a=1&b=2` as a record; a name given twice becomes a list, which only a schema that expects one accepts. */
export const parseForm = (source: string): Record<string, string | string[]> | undefined => {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(source)) {
    if (name === '__proto__' || !isSound(name) || !isSound(value)) return undefined;
    const held = Object.hasOwn(fields, name) ? fields[name] : undefined;
    fields[name] = held === undefined ? value : [...(Array.isArray(held) ? held : [held]), value];
  }
  return fields;
};
