/** Tables side by side: a wide screen is filled. */
export const load = () => ({ wide: true });
