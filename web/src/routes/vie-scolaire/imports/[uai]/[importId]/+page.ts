/** A working screen: counts at the left, details at the right. */
export const load = () => ({ wide: true });
