import type { LocalDate } from '../../shared/kernel/index.ts';

/** A school year ends in the summer holidays: what is before August belongs to the one that began the year before. */
export const schoolYearOf = (date: LocalDate): { from: LocalDate; until: LocalDate } => {
  const year = Number(date.slice(0, 4)) - (date.slice(5, 7) < '08' ? 1 : 0);
  return { from: `${year}-08-01`, until: `${year + 1}-07-31` };
};
