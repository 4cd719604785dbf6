import type { FigureTable, figures, figuresCsv as route } from '../../shared/attendance/figure-routes.ts';
import type { AnswerOf, Input, Reply } from '../../shared/kernel/index.ts';
import { csvReply } from '../runtime/csv.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolFigures } from './school-figures.ts';

type Figures = AnswerOf<typeof figures>;
type Language = Input<typeof route>['query']['language'];
type Cell = string | number | undefined;

const WORDS = {
  fr: {
    week: 'semaine du',
    weekday: 'jour',
    class: 'classe',
    level: 'niveau',
    reason: 'motif',
    owed: 'demi-journées dues',
    lost: 'demi-journées manquées',
    rate: 'taux (%)',
    withoutReason: 'sans motif recevable',
    familyName: 'nom',
    givenName: 'prénom',
    group: 'classe ou groupe',
    due: 'appels à faire',
    untaken: 'appels non faits',
    none: 'Sans motif',
    days: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  },
  en: {
    week: 'week of',
    weekday: 'day',
    class: 'class',
    level: 'level',
    reason: 'reason',
    owed: 'half-days due',
    lost: 'half-days missed',
    rate: 'rate (%)',
    withoutReason: 'without admissible reason',
    familyName: 'family name',
    givenName: 'given name',
    group: 'class or group',
    due: 'roll calls due',
    untaken: 'roll calls not made',
    none: 'No reason',
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  },
} as const;

/** A number as the language writes it: a spreadsheet of that language then counts with it. */
const rate = ({ lost, owed }: { lost: number; owed: number }, language: Language): string => {
  if (owed === 0) return '';
  const written = ((100 * lost) / owed).toFixed(2);
  return language === 'fr' ? written.replace('.', ',') : written;
};

const linesOf = (shown: Figures, language: Language): Record<FigureTable, () => Cell[][]> => {
  const words = WORDS[language];
  const losses = (one: { lost: number; owed: number }): Cell[] => [one.owed, one.lost, rate(one, language)];
  const lossHeads = [words.owed, words.lost, words.rate];
  return {
    weeks: () => [[words.week, ...lossHeads], ...shown.weeks.map((one) => [one.from, ...losses(one)])],
    weekdays: () => [[words.weekday, ...lossHeads], ...shown.weekdays.map((one) => [words.days[one.weekday - 1], ...losses(one)])],
    classes: () => [
      [words.class, words.level, ...lossHeads, words.withoutReason],
      ...shown.classes.map((one) => [one.label, one.level, ...losses(one), one.withoutReason]),
    ],
    levels: () => [
      [words.level, ...lossHeads, words.withoutReason],
      ...shown.levels.map((one) => [one.level, ...losses(one), one.withoutReason]),
    ],
    reasons: () => [
      [words.reason, words.lost],
      ...shown.reasons.map(({ reasonId, label, lost }) => [label ?? reasonId ?? words.none, lost]),
    ],
    teachers: () => [
      [words.familyName, words.givenName, words.due, words.untaken],
      ...shown.teachers.map(({ familyName, givenName, due, untaken }) => [familyName, givenName, due, untaken]),
    ],
    groups: () => [[words.group, words.due, words.untaken], ...shown.groups.map(({ label, due, untaken }) => [label, due, untaken])],
  };
};

/** One of the page’s tables for a spreadsheet. */
export async function figuresCsv(
  { params, query: { span, table, language } }: Pick<Input<typeof route>, 'params' | 'query'>,
  ports: ApiPorts,
): Promise<Reply<string>> {
  const shown = await schoolFigures({ params, query: { span } }, ports);
  return csvReply(`${params.uai}-${params.month}-${table}`, linesOf(shown, language)[table]());
}
