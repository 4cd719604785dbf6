/** What a collège teaches: official volumes of cycles 3 and 4, rounded to whole lessons. */
export interface Subject {
  /** CODE_MATIERE. */
  readonly code: string;
  /** CODE_GESTION, and `Code` in EDT. */
  readonly short: string;
  readonly label: string;
}

const subject = (code: string, short: string, label: string): Subject => ({ code, short, label });

export const SUBJECTS = {
  french: subject('020700', 'FRANC', 'FRANÇAIS'),
  maths: subject('061300', 'MATHS', 'MATHÉMATIQUES'),
  history: subject('043700', 'HI-GE', 'HISTOIRE-GÉOGRAPHIE'),
  english: subject('030201', 'AGL1', 'ANGLAIS LV1'),
  spanish: subject('030602', 'ESP2', 'ESPAGNOL LV2'),
  german: subject('030102', 'ALL2', 'ALLEMAND LV2'),
  sport: subject('100100', 'EPS', 'ÉDUCATION PHYSIQUE ET SPORTIVE'),
  biology: subject('062900', 'SVT', 'SCIENCES DE LA VIE ET DE LA TERRE'),
  physics: subject('062300', 'PH-CH', 'PHYSIQUE-CHIMIE'),
  technology: subject('070800', 'TECHN', 'TECHNOLOGIE'),
  arts: subject('090100', 'A-PLA', 'ARTS PLASTIQUES'),
  music: subject('080300', 'EDMUS', 'ÉDUCATION MUSICALE'),
  latin: subject('020300', 'LCALA', 'LANGUES ET CULTURES DE L’ANTIQUITÉ LATIN'.replace('’', "'")),
} as const;

export type SubjectName = keyof typeof SUBJECTS;
export type Level = 6 | 5 | 4 | 3;
export const LEVELS: readonly Level[] = [6, 5, 4, 3];

export const MEFS: Readonly<Record<Level, { code: string; label: string; short: string }>> = {
  6: { code: '10010012110', label: 'SIXIÈME', short: '6EME' },
  5: { code: '10110001110', label: 'CINQUIÈME', short: '5EME' },
  4: { code: '10210001110', label: 'QUATRIÈME', short: '4EME' },
  3: { code: '10310019110', label: 'TROISIÈME', short: '3EME' },
};

/** Lessons of the whole class a week: [subject, how many, slots each]. */
export const WHOLE_CLASS: Readonly<Record<Level, readonly (readonly [SubjectName, number, 1 | 2])[]>> = {
  6: [
    ['french', 4, 1],
    ['maths', 4, 1],
    ['history', 3, 1],
    ['english', 4, 1],
    ['sport', 2, 2],
    ['biology', 1, 1],
    ['technology', 1, 1],
    ['arts', 1, 1],
    ['music', 1, 1],
  ],
  5: later(),
  4: later(),
  3: later(),
};

function later(): readonly (readonly [SubjectName, number, 1 | 2])[] {
  return [
    ['french', 4, 1],
    ['maths', 4, 1],
    ['history', 3, 1],
    ['english', 3, 1],
    ['sport', 1, 2],
    ['sport', 1, 1],
    ['technology', 1, 1],
    ['arts', 1, 1],
    ['music', 1, 1],
  ];
}

/** Lessons of the second language a week, all its groups at once. */
export const LANGUAGE_LESSONS = 3;

/** The day's slots. The one of the midday break holds no lesson. */
export const SLOTS = [
  { number: 0, from: '08:00', until: '08:55' },
  { number: 1, from: '08:55', until: '09:50' },
  { number: 2, from: '10:05', until: '11:00' },
  { number: 3, from: '11:00', until: '11:55' },
  { number: 4, from: '12:00', until: '12:55' },
  { number: 5, from: '13:30', until: '14:25' },
  { number: 6, from: '14:25', until: '15:20' },
  { number: 7, from: '15:35', until: '16:30' },
] as const;

/** Slots at which a lesson of two slots may begin: breaks do not cut it. */
export const DOUBLE_STARTS: ReadonlySet<number> = new Set([0, 2, 5]);

/** Tuesday's lesson at 10:05, which the demo's clock shows: every class has one. */
export const BUSIEST = { day: 2, slot: 2 } as const;
