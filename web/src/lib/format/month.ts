import { currentLanguage } from '#lib/settings/language.ts';

/** The month so many before or after: `2026-01` less one is `2025-12`. */
export const monthAway = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
};

/** `novembre 2026`. */
export const monthIn = (month: string): string =>
  new Intl.DateTimeFormat(currentLanguage(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));
