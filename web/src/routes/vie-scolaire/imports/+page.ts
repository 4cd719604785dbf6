/** Files at the left, where to find them at the right. */
export const load = () => ({ wide: true });
