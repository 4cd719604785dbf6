import joursFeries from '@socialgouv/jours-feries';
import { addDays, type LocalDate } from '../../shared/kernel/index.ts';
import type { Holiday } from '../../shared/timetable/calendar.ts';

type Zone = 'A' | 'B' | 'C';

/** Code of each metropolitan académie (BCN, table N_ACADEMIE) → holiday zone. Corsica and overseas publish their own calendars. */
const ZONES: Readonly<Record<string, Zone>> = {
  '01': 'C',
  '02': 'B',
  '03': 'A',
  '04': 'A',
  '06': 'A',
  '07': 'A',
  '08': 'A',
  '09': 'B',
  '10': 'A',
  '11': 'C',
  '12': 'B',
  '13': 'A',
  '14': 'B',
  '15': 'B',
  '16': 'C',
  '17': 'B',
  '18': 'B',
  '19': 'B',
  '20': 'B',
  '22': 'A',
  '23': 'B',
  '24': 'C',
  '25': 'C',
  '70': 'B',
};

const everywhere = (from: LocalDate, until: LocalDate): Record<Zone, readonly [LocalDate, LocalDate]> => ({
  A: [from, until],
  B: [from, until],
  C: [from, until],
});

/**
 * First and last day without lessons, by school year and zone.
 * Source: calendrier scolaire national (arrêté), also published as the data set fr-en-calendrier-scolaire (Licence Ouverte).
 */
const YEARS: Readonly<Record<number, Readonly<Record<string, Record<Zone, readonly [LocalDate, LocalDate]>>>>> = {
  2025: {
    'Vacances de la Toussaint': everywhere('2025-10-18', '2025-11-02'),
    'Vacances de Noël': everywhere('2025-12-20', '2026-01-04'),
    'Vacances d’hiver': { A: ['2026-02-07', '2026-02-22'], B: ['2026-02-14', '2026-03-01'], C: ['2026-02-21', '2026-03-08'] },
    'Vacances de printemps': { A: ['2026-04-04', '2026-04-19'], B: ['2026-04-11', '2026-04-26'], C: ['2026-04-18', '2026-05-03'] },
    'Pont de l’Ascension': everywhere('2026-05-15', '2026-05-16'),
    'Vacances d’été': everywhere('2026-07-04', '2026-08-31'),
  },
  2026: {
    'Vacances de la Toussaint': everywhere('2026-10-17', '2026-11-01'),
    'Vacances de Noël': everywhere('2026-12-19', '2027-01-03'),
    'Vacances d’hiver': { A: ['2027-02-13', '2027-02-28'], B: ['2027-02-20', '2027-03-07'], C: ['2027-02-06', '2027-02-21'] },
    'Vacances de printemps': { A: ['2027-04-10', '2027-04-25'], B: ['2027-04-17', '2027-05-02'], C: ['2027-04-03', '2027-04-18'] },
    'Pont de l’Ascension': everywhere('2027-05-07', '2027-05-08'),
    'Vacances d’été': everywhere('2027-07-03', '2027-08-31'),
  },
};

/** Abolition of slavery: a public holiday of each overseas département (code du travail, L3422-2), by académie. */
const ABOLITION: Readonly<Record<string, string>> = { '31': '05-22', '32': '05-27', '33': '06-10', '28': '12-20', '43': '04-27' };

const ALSACE = '15';

const two = (n: number) => String(n).padStart(2, '0');

/** Days without lessons of a school year that starts in `year`, for an académie: school holidays where they are known, and public holidays. */
export function holidaysOf(year: number, academy: string | undefined): Holiday[] {
  const zone = academy === undefined ? undefined : ZONES[academy];
  const school = zone
    ? Object.entries(YEARS[year] ?? {}).map(([label, zones]) => ({ label, from: zones[zone][0], until: zones[zone][1] }))
    : [];
  const abolition = academy === undefined ? undefined : ABOLITION[academy];
  const civil = [year, year + 1].flatMap((one) => [
    ...Object.entries(joursFeries(one, { alsace: academy === ALSACE })).map(([label, date]) => {
      const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
      return { label: label.replace("'", '’'), from: day, until: day };
    }),
    ...(abolition ? [{ label: 'Abolition de l’esclavage', from: `${one}-${abolition}`, until: `${one}-${abolition}` }] : []),
  ]);
  const first = `${year}-08-01`;
  const last = addDays(`${year + 1}-08-01`, -1);
  return [...school, ...civil.filter(({ from }) => from >= first && from <= last)].sort((a, b) => a.from.localeCompare(b.from));
}
