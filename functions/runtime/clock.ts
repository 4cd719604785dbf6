import type { Clock } from '../../shared/kernel/time.ts';

/** Only the civil clock can be moved, and only the local stage moves it: tokens, codes, leases and expiry are real. */
export const clockAt = (civilOffset = 0, graceSeconds?: number): Clock => ({
  civil: () => new Date(Date.now() + civilOffset),
  system: () => new Date(),
  graceSeconds,
});
