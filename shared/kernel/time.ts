import * as z from 'zod';

/** A calendar day at the school, `2026-09-15`; 30 February is refused. */
export const LocalDate = z.iso.date().refine((date) => date >= '1900-01-01' && date < '2200-01-01');
export type LocalDate = z.infer<typeof LocalDate>;

/** Minutes since midnight on the school's clock: 08:05 is 485. */
export const MinuteOfDay = z.int().min(0).max(1440);

/** A point in time, UTC, `2026-09-15T08:05:00.000Z`. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** `civil` for lessons, dates and counts (movable in the local stage); `system` for tokens, codes, leases and expiry (always real). */
export interface Clock {
  civil(): Date;
  system(): Date;
  /** Seconds between an absence and its mail, in place of what schools set: only the local stage has it. */
  readonly graceSeconds?: number | undefined;
}

export const instant = (date: Date): Instant => date.toISOString();

/** 1 = Monday … 7 = Sunday, as in ISO 8601 and in EDT exports. */
export const weekday = (date: LocalDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
