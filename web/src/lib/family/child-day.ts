import type { pupilAttendance } from '#shared/attendance/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import type { LocalDate } from '#shared/kernel/time.ts';

export type Attendance = AnswerOf<typeof pupilAttendance>;
export type LessonOfDay = Attendance['today']['lessons'][number];
export type Unexplained = Attendance['toJustify'][number];

/** One cell of the ribbon, as its component draws it. */
export interface RibbonCell {
  readonly state: 'present' | 'absent' | 'late' | 'announced' | 'now' | 'coming' | 'none';
  readonly hour: string;
  readonly words: string;
}

/** Where a child is, as one fact. What is still unknown is a fact too. */
export type Whereabouts =
  | { readonly is: 'unseen'; readonly fromMinute: number; readonly answeredAt?: string }
  | { readonly is: 'announced'; readonly fromMinute: number; readonly untilMinute: number }
  | {
      readonly is: 'away';
      readonly for: NonNullable<Attendance['today']['awayFor']>;
      readonly fromMinute: number;
      readonly untilMinute: number;
    }
  | { readonly is: 'left'; readonly minute: number | undefined }
  | { readonly is: 'arrived'; readonly minute: number }
  | {
      readonly is: 'called';
      readonly calledAt: string | undefined;
      readonly lesson: LessonOfDay | undefined;
      /** No lesson is left today. */
      readonly over: boolean;
    }
  | { readonly is: 'not-called'; readonly lesson: LessonOfDay }
  | { readonly is: 'before'; readonly lesson: LessonOfDay }
  | { readonly is: 'no-lesson'; readonly because: string | undefined };

/** On an outing or a placement: elsewhere, and not at school. */
const isAway = ({ state, place }: LessonOfDay): boolean => state === 'elsewhere' && (place === 'outing' || place === 'placement');
const isSeen = (lesson: LessonOfDay): boolean =>
  lesson.state === 'present' || lesson.state === 'late' || (lesson.state === 'elsewhere' && !isAway(lesson));
const isHeld = ({ state }: LessonOfDay): boolean => state !== 'not-held';

/** Lessons that have not ended: the one going on, then those to come. */
export const lessonsLeft = ({ lessons }: Attendance['today'], minute: number): LessonOfDay[] =>
  lessons.filter((lesson) => isHeld(lesson) && lesson.endMinute > minute);

export function whereaboutsOf({ today, answered, announced, arranged }: Attendance, minute: number): Whereabouts {
  const { lessons, status, statusAt, sinceMinute } = today;
  const last = lessons.findLast(isSeen);
  switch (status) {
    case 'absent': {
      const said = answered.find(({ date }) => date === today.date);
      const fromMinute = sinceMinute ?? lessons.find(({ state }) => state === 'absent')?.startMinute ?? minute;
      return { is: 'unseen', fromMinute, ...(said && { answeredAt: said.at }) };
    }
    case 'announced': {
      const cover =
        announced.find((one) => one.date === today.date && one.fromMinute <= minute && minute < one.untilMinute) ??
        announced.find((one) => one.date === today.date);
      return { is: 'announced', fromMinute: cover?.fromMinute ?? sinceMinute ?? 0, untilMinute: cover?.untilMinute ?? 1440 };
    }
    case 'away': {
      const { awayFor = 'outing' } = today;
      const since = sinceMinute ?? 0;
      const hours = arranged.find(({ kind, fromMinute = 0 }) => kind === awayFor && fromMinute === since);
      return { is: 'away', for: awayFor, fromMinute: since, untilMinute: hours?.untilMinute ?? 1440 };
    }
    case 'left':
      return { is: 'left', minute: sinceMinute };
    case 'present':
      // The desk of school life saw an arrival: its minute is no lesson’s.
      if (sinceMinute !== undefined && !lessons.some((lesson) => isSeen(lesson) && lesson.startMinute === sinceMinute))
        return { is: 'arrived', minute: sinceMinute };
      return { is: 'called', calledAt: statusAt, lesson: last, over: lessonsLeft(today, minute).length === 0 };
    case 'unknown': {
      const held = lessons.filter(isHeld);
      const called = held.findLast(({ state }) => state === 'unknown');
      const next = held.find(({ startMinute }) => startMinute > minute);
      if (called) return { is: 'not-called', lesson: called };
      if (next) return { is: 'before', lesson: next };
      return { is: 'no-lesson', because: today.closedBecause };
    }
  }
}

/** What a family is asked now, the latest first; what it already answered is not asked again. */
export const askedOf = ({
  toJustify,
}: Pick<Attendance, 'toJustify'>): { readonly first: Unexplained | undefined; readonly others: number } => ({
  first: toJustify[0],
  others: Math.max(0, toJustify.length - 1),
});

/**
 * « Rien de nouveau depuis… »: the last day on which anything was noted, `month` when there was none in thirty days,
 * and nothing at all while something is new today or still asked.
 */
export function quietSince({ today, toJustify, days }: Pick<Attendance, 'today' | 'toJustify' | 'days'>): LocalDate | 'month' | undefined {
  if (toJustify.length > 0 || days.some(({ date }) => date === today.date)) return undefined;
  if (today.status === 'absent' || today.status === 'left' || today.status === 'announced' || today.status === 'away') return undefined;
  return days[0]?.date ?? 'month';
}

const CELLS = {
  present: 'present',
  elsewhere: 'present',
  late: 'late',
  absent: 'absent',
  announced: 'announced',
  excused: 'announced',
  exempt: 'none',
  'not-held': 'none',
  unknown: 'coming',
  'to-come': 'coming',
} as const satisfies Record<LessonOfDay['state'], RibbonCell['state']>;

/** Two lessons may share a slot: the cell says the graver. */
const GRAVITY = ['none', 'coming', 'now', 'present', 'announced', 'late', 'absent'] as const satisfies RibbonCell['state'][];

/** A hole in the day that a family would see as one. */
const GAP_MINUTES = 40;
/** A lesson at 8 h 55 stands under 9 h: cells of a phone have no room for minutes. */
const ROUND_MINUTES = 10;

const cellOf = (lesson: LessonOfDay): RibbonCell['state'] => {
  const { state, current } = lesson;
  const drawn = isAway(lesson) ? 'announced' : CELLS[state];
  return current && drawn === 'coming' ? 'now' : drawn;
};

interface RibbonWords {
  /** A minute of the day as its cell says it. */
  readonly hour: (minute: number) => string;
  readonly lesson: (lesson: LessonOfDay) => string;
  readonly free: string;
}

/** A child’s day, drawn lesson by lesson, with its holes. */
export function ribbonOf({ lessons }: Pick<Attendance['today'], 'lessons'>, { hour, lesson: say, free }: RibbonWords): RibbonCell[] {
  const cells: (Omit<RibbonCell, 'hour'> & { minute: number })[] = [];
  let ended: number | undefined;
  for (const lesson of lessons) {
    const state = cellOf(lesson);
    const before = cells.at(-1);
    if (before && before.minute === lesson.startMinute) {
      const graver = GRAVITY.indexOf(state) > GRAVITY.indexOf(before.state) ? state : before.state;
      cells[cells.length - 1] = { ...before, state: graver, words: `${before.words}, ${say(lesson)}` };
    } else {
      if (ended !== undefined && lesson.startMinute - ended >= GAP_MINUTES) cells.push({ state: 'none', minute: ended, words: free });
      cells.push({ state, minute: lesson.startMinute, words: say(lesson) });
    }
    ended = Math.max(ended ?? 0, lesson.endMinute);
  }
  const taken = new Set<string>();
  return cells.map(({ minute, ...cell }) => {
    const whole = hour(Math.floor((minute + ROUND_MINUTES) / 60) * 60);
    const label = taken.has(whole) ? hour(minute) : whole;
    taken.add(label);
    return { ...cell, hour: label };
  });
}

/** A whole day, as an announcement without hours is kept. */
const isWhole = ({ fromMinute, untilMinute }: Attendance['announced'][number]): boolean => fromMinute === 0 && untilMinute === 1440;

export interface AnnouncedSpan {
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** Of the one day, when it is a part of it. */
  readonly part?: { readonly fromMinute: number; readonly untilMinute: number };
  /** What the reader may withdraw: all its days at once. */
  readonly announcementId?: string;
}

const dayAfter = (date: LocalDate): LocalDate => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Announced days, those of one announcement that follow one another told as one. */
export function announcedSpans(announced: Attendance['announced']): AnnouncedSpan[] {
  const spans: AnnouncedSpan[] = [];
  for (const one of [...announced].sort((a, b) => a.date.localeCompare(b.date) || a.fromMinute - b.fromMinute)) {
    const { date, fromMinute, untilMinute, announcementId } = one;
    const own = announcementId === undefined ? {} : { announcementId };
    const at = spans.findLastIndex(
      (span) => !span.part && span.announcementId === announcementId && (span.until === date || dayAfter(span.until) === date),
    );
    const before = spans[at];
    if (!isWhole(one)) spans.push({ from: date, until: date, part: { fromMinute, untilMinute }, ...own });
    else if (before) spans[at] = { ...before, until: date };
    else spans.push({ from: date, until: date, ...own });
  }
  return spans;
}
