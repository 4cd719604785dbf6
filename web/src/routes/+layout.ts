/** Everything is private or personal: one empty shell, filled in the browser. */
export const ssr = false;
