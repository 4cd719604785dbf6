let ahead = 0;
let told = false;

/** The schools’ civil clock, which the local stage may have moved. */
export const clock = {
  /** Milliseconds from this device’s clock to it. */
  get ahead() {
    return ahead;
  },
  now: (): Date => new Date(Date.now() + ahead),
  /** By the server. */
  set(milliseconds: number): void {
    ahead = milliseconds;
    told = true;
  },
  /** As it was when what is shown now was read: while the server has not said. */
  remember(milliseconds: number): void {
    if (!told) ahead = milliseconds;
  },
};
