/** Three panes: a wide screen is filled. */
export const load = () => ({ wide: true });
