/** A table of accounts. */
export const load = () => ({ wide: true });
