/** A table fills a wide screen. */
export const load = () => ({ wide: true });
