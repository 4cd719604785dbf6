/** What SvelteKit's client asks of devalue, where nothing but plain data is written (`web/plain-data.ts`). */
export const stringify = (value: unknown): string => JSON.stringify(value ?? null);
export const parse = (text: string): unknown => JSON.parse(text);

const never = (): never => {
  throw new Error('No server sends data to this site.');
};
export const uneval = never;
export const unflatten = never;
export const stringifyAsync = never;
