/** A list and a file beside it: a wide screen is filled. */
export const load = () => ({ wide: true });
