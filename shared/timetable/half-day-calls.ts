import { openHalfDaysOf, type SchoolSettings } from '../directory/school.ts';
import type { GroupId, PersonId, Uai } from '../kernel/index.ts';
import type { Course } from './course.ts';
import { HALF_DAY_CALLS } from './lesson.ts';

interface TaughtClass {
  readonly groupId: GroupId;
  readonly label: string;
  readonly teacherIds: readonly PersonId[];
}

type CallHours = Pick<SchoolSettings, 'kind' | 'openHalfDays' | 'morningHours' | 'afternoonHours'>;

/** Every week a mask knows, from one on. */
const weeksFrom = (week: number): bigint => ((1n << 64n) - 1n) & ~((1n << BigInt(Math.min(64, Math.max(1, week)))) - 1n);

const callsOf = (uai: Uai, classes: readonly TaughtClass[], settings: CallHours, weeks: bigint): Course[] =>
  openHalfDaysOf(settings).flatMap(({ weekday, half }) => {
    const { startMinute, secondMinute, endMinute } = half === 'morning' ? settings.morningHours : settings.afternoonHours;
    const { label, codes } = HALF_DAY_CALLS[half];
    const times =
      secondMinute === undefined
        ? [[startMinute, endMinute]]
        : [
            [startMinute, secondMinute],
            [secondMinute, endMinute],
          ];
    return times.flatMap(([from = 0, to = 0], nth) =>
      classes.map(
        (one): Course => ({
          uai,
          weekday,
          startMinute: from,
          minutes: to - from,
          weeks: String(weeks),
          subject: { code: codes[nth] ?? codes[0], label },
          teacherIds: [...one.teacherIds].sort(),
          groupIds: [one.groupId],
          groupLabels: [one.label],
          rooms: [],
        }),
      ),
    );
  });

/**
 * The roll calls of an école as courses. What is set holds from this week on: weeks gone by stay as `before` has them, and those before the
 * school came have none. Said again, it changes nothing.
 */
export function halfDayCalls(
  { uai, classes, settings, week }: { uai: Uai; classes: readonly TaughtClass[]; settings: CallHours; week: number },
  before: readonly Course[],
): Course[] {
  const now = weeksFrom(week);
  const merged = new Map<string, Course>();
  for (const course of [
    ...before.map((one) => ({ ...one, weeks: String(BigInt(one.weeks) & ~now) })),
    ...callsOf(uai, classes, settings, now),
  ]) {
    const { weekday, startMinute, minutes, subject, teacherIds, groupIds, groupLabels } = course;
    const weeks = BigInt(course.weeks);
    if (weeks === 0n) continue;
    const key = JSON.stringify([weekday, startMinute, minutes, subject.code, teacherIds, groupIds, groupLabels]);
    merged.set(key, { ...course, weeks: String(BigInt(merged.get(key)?.weeks ?? 0) | weeks) });
  }
  return [...merged.values()];
}
