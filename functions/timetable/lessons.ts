import { type BasePorts, isOpen, type LocalDate, type Store, type Wanted, weekday } from '../../shared/kernel/index.ts';
import { closedBecause, type SchoolTime } from '../../shared/timetable/calendar.ts';
import { lessonsOn, type TaughtLesson } from '../../shared/timetable/course.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { type StandIn, standsInFor } from '../../shared/timetable/stand-in.ts';
import type { DayChanges, timetable as table } from '../../shared/timetable/table.ts';
import { type ListPupil, unfoldWeek, type Week, weekdayOwner } from '../../shared/timetable/week.ts';

interface Ports extends Pick<BasePorts, 'ids'> {
  readonly timetable: Store<typeof table, 'get'>;
}

export interface DayOfLessons {
  readonly schoolDay: boolean;
  readonly closedBecause?: string;
  readonly school?: SchoolTime;
  readonly lessons: TaughtLesson[];
}

/** Whose lessons: all of the school, or those of a teacher, a pupil, classes and groups. */
export type Whose =
  | { readonly all: true }
  | { readonly teacherId: string }
  | { readonly pupilId: string }
  | { readonly groupIds: readonly string[] };

/** What one request brought of a day. */
export class Shelf {
  readonly #uai: string;
  readonly #date: LocalDate;
  readonly #items: Awaited<ReturnType<typeof readItems>>;
  readonly #ids: Ports['ids'];

  constructor(uai: string, date: LocalDate, items: Awaited<ReturnType<typeof readItems>>, ids: Ports['ids']) {
    this.#uai = uai;
    this.#date = date;
    this.#items = items;
    this.#ids = ids;
  }

  week(owner: string): Week | undefined {
    return this.#items.find((item) => item.entity === 'week' && item.owner === owner) as Week | undefined;
  }

  /** Pupils of a class or group on that day, once each: left and come back is two lines, of which one is open. */
  pupilsOf(groupId: string): ListPupil[] | undefined {
    const list = this.#items.find((item) => item.entity === 'list' && item.groupId === groupId);
    if (list?.entity !== 'list') return undefined;
    return [...new Map(list.pupils.filter((line) => isOpen(line, this.#date)).map((line) => [line.pupilId, line])).values()];
  }

  day(whose: Whose): DayOfLessons {
    const calendar = this.#items.find((item) => item.entity === 'calendar');
    const { notHeld = [], opened = [] } = this.#items.find((item): item is typeof item & DayChanges => item.entity === 'changes') ?? {};
    const pupil = 'pupilId' in whose ? this.week(whose.pupilId) : undefined;
    const lessons = lessonsOn(
      this.#date,
      {
        calendar,
        notHeld,
        courses: distinct(
          [...ownersOf(whose, this.#date), ...standInOwners(this.#items, whose, this.#date)].flatMap((owner) => this.week(owner) ?? []),
        ).flatMap((week) => unfoldWeek(week, week === pupil ? this.#date : undefined)),
        standIns: calendar?.standIns ?? [],
        opened: opened.map(({ openedBy: _, ...lesson }): Lesson => ({ uai: this.#uai, date: this.#date, ...lesson })),
      },
      (...parts) => this.#ids.natural('l', ...parts),
    );
    const closed = calendar ? closedBecause(this.#date, calendar) : 'no-calendar';
    return {
      schoolDay: closed === undefined,
      ...(closed !== undefined && { closedBecause: closed }),
      ...(calendar?.school && { school: calendar.school }),
      lessons: lessons.filter(concerns(whose, pupil?.pupil?.groups ?? [])),
    };
  }
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

const ownersOf = (whose: Whose, date: LocalDate): readonly string[] =>
  'all' in whose
    ? [weekdayOwner(weekday(date))]
    : 'teacherId' in whose
      ? [whose.teacherId]
      : 'pupilId' in whose
        ? [whose.pupilId]
        : whose.groupIds;

/** A pupil's own courses are chosen by their week; what was opened by hand is for the groups they are in. */
const concerns =
  (whose: Whose, groups: readonly string[]) =>
  ({ teacherIds, groupIds, unscheduled }: Lesson): boolean => {
    if ('all' in whose) return true;
    if ('teacherId' in whose) return teacherIds.includes(whose.teacherId);
    if ('pupilId' in whose) return !unscheduled || groupIds.some((id) => groups.includes(id));
    return groupIds.some((id) => whose.groupIds.includes(id));
  };

/** Whose lessons a teacher has that day beside their own, as the calendar that was read says. */
const standInOwners = (items: readonly { readonly entity: string }[], whose: Whose, date: LocalDate): string[] => {
  if (!('teacherId' in whose)) return [];
  const calendar = items.find((item): item is typeof item & { standIns?: StandIn[] } => item.entity === 'calendar');
  return standsInFor(whose.teacherId, date, calendar?.standIns ?? []);
};

const readItems = (wanted: readonly Wanted<typeof table, 'calendar' | 'changes' | 'week' | 'list'>[], { timetable }: Ports) =>
  timetable.read(...wanted);

/** A day's calendar, its changes, the weeks and lists wanted: one request. */
export const readShelf = async (
  uai: string,
  date: LocalDate,
  { of, listsOf = [] }: { readonly of: readonly Whose[]; readonly listsOf?: readonly string[] },
  ports: Ports,
): Promise<Shelf> => {
  const items = await readItems(
    [
      { get: 'calendar', key: { uai } },
      { get: 'changes', key: { uai, date } },
      ...of.flatMap((whose) => ownersOf(whose, date)).map((owner) => ({ get: 'week' as const, key: { uai, owner } })),
      ...listsOf.map((groupId) => ({ get: 'list' as const, key: { uai, groupId } })),
    ],
    ports,
  );
  // Few teachers stand in for somebody: only they need a second reading.
  const others = distinct(of.flatMap((whose) => standInOwners(items, whose, date)));
  const more =
    others.length === 0
      ? []
      : await readItems(
          others.map((owner) => ({ get: 'week' as const, key: { uai, owner } })),
          ports,
        );
  return new Shelf(uai, date, [...items, ...more], ports.ids);
};

export const readLessons = async (uai: string, date: LocalDate, whose: Whose, ports: Ports): Promise<DayOfLessons> =>
  (await readShelf(uai, date, { of: [whose] }, ports)).day(whose);
