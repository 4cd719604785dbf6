/** One task, one way out: the navigation is hidden, and a desktop is filled. */
export const load = () => ({ alone: true, wide: true });
