/** What goes on without a network comes once something is shown, in one piece: nothing of it weighs on a first load. */
export const offline = () => import('./index.ts');
