/** A column a lesson: a wide screen is filled. */
export const load = () => ({ wide: true });
