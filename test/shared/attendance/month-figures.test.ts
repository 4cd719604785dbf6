import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDay } from '../../../shared/attendance/counted-day.ts';
import type { Counting, MissedLesson } from '../../../shared/attendance/half-days.ts';
import { countMonth, MonthFigures } from '../../../shared/attendance/month-figures.ts';
import { byClass, byGroup, byReason, byTeacher, byWeek, byWeekday } from '../../../shared/attendance/sum-figures.ts';
import { addDays, weekday } from '../../../shared/kernel/index.ts';

const UAI = '0750001A';
const MONDAY = '2026-11-02';
const STARTS = [480, 600, 749, 750, 840];
const PUPILS = Array.from({ length: 8 }, (_, n) => `p_pupil00${n}`);
const CLASSES = ['6e A', '5e B', '5e C'];
const REASONS = [undefined, 'r_illness', 'r_bus00'] as const;
const classOf = new Map(PUPILS.slice(0, 7).map((pupilId, n) => [pupilId, CLASSES[n % 3] as string]));
const counting: Counting = {
  halfDaySwitch: 750,
  openHalfDays: [1, 2, 3, 4, 5].flatMap((on) =>
    (['morning', 'afternoon'] as const).filter((half) => on !== 3 || half === 'morning').map((half) => ({ weekday: on, half })),
  ),
};

interface Slot {
  readonly day: number;
  readonly start: number;
  readonly teachers: readonly string[];
  readonly group: string;
  readonly notHeld: boolean;
  readonly studyRoom: boolean;
  readonly call: 'none' | 'begun' | 'done';
  readonly known: boolean;
  readonly pupils: readonly { readonly at: number; readonly absent: boolean; readonly reason: number; readonly justified: boolean }[];
}
const slot: fc.Arbitrary<Slot> = fc.record({
  day: fc.nat(11),
  start: fc.constantFrom(...STARTS),
  teachers: fc.uniqueArray(fc.constantFrom('p_teacher1', 'p_teacher2', 'p_teacher3'), { minLength: 1, maxLength: 2 }),
  group: fc.constantFrom('g_class001', 'g_class002'),
  notHeld: fc.boolean(),
  studyRoom: fc.constantFrom(false, false, false, true),
  call: fc.constantFrom('none', 'begun', 'done', 'done', 'done'),
  known: fc.constantFrom(true, true, true, false),
  pupils: fc.uniqueArray(fc.record({ at: fc.nat(7), absent: fc.boolean(), reason: fc.nat(2), justified: fc.boolean() }), {
    selector: ({ at }) => at,
    maxLength: 8,
  }),
});
const named = (slots: readonly Slot[]) =>
  slots.map((one, n) => ({ ...one, lessonId: `l_lesson${String(n).padStart(4, '0')}`, date: addDays(MONDAY, one.day) }));
type Named = ReturnType<typeof named>[number];

/** Held, validated, and of a lesson that the timetable knows or that it has forgotten since. */
const speaks = ({ call, notHeld, studyRoom, known }: Named): boolean => call === 'done' && (!known || (!notHeld && !studyRoom));

const counted = (slots: readonly Named[]) => {
  const dates = [...new Set(slots.map(({ date }) => date))];
  const days = dates.map((date) => {
    const ofDay = slots.filter((one) => one.date === date);
    const lessons = ofDay
      .filter(({ known }) => known)
      .map(({ lessonId, teachers, group, notHeld, studyRoom }) => ({
        lessonId,
        teacherIds: teachers,
        groupIds: studyRoom ? [] : [group],
        groupLabels: studyRoom ? [] : [group],
        awaits: !notHeld && !studyRoom,
      }));
    const calls = ofDay
      .filter(({ call }) => call !== 'none')
      .map(({ lessonId, start, call, pupils }) => ({
        lessonId,
        startMinute: start,
        state: call as 'begun' | 'done',
        pupilIds: pupils.map(({ at }) => PUPILS[at] as string),
      }));
    return { ...countDay({ uai: UAI, date }, { schoolDay: true, lessons }, calls, classOf, counting), rev: 1 };
  });
  const months = PUPILS.map((pupilId, at) => ({
    pupilId,
    ...(classOf.has(pupilId) && { classLabel: classOf.get(pupilId) as string }),
    days: dates.map((date) => ({
      date,
      missed: slots
        .filter((one) => one.date === date && speaks(one))
        .flatMap(({ lessonId, start, pupils }): MissedLesson[] => {
          const pupil = pupils.find((one) => one.at === at && one.absent);
          if (!pupil) return [];
          const { reason, justified } = pupil;
          return [
            { lessonId, startMinute: start, endMinute: start + 55, justified, open: !justified, onReport: true, reasonId: REASONS[reason] },
          ];
        })
        .sort((a, b) => a.startMinute - b.startMinute),
      late: [],
      absences: [],
    })),
  }));
  return { uai: UAI, month: '2026-11', rev: 1, ...countMonth(days, months) };
};

const isOpen = ({ date, start }: Named): boolean => weekday(date) < 6 && !(weekday(date) === 3 && start >= 750);
/** Said again, from the slots alone: each half-day is a word in a set. */
const reference = (slots: readonly Named[]) => {
  const spoken = slots.filter((one) => speaks(one) && isOpen(one));
  const halves = (of: (pupil: Slot['pupils'][number]) => boolean) =>
    new Set(spoken.flatMap((one) => one.pupils.filter(of).map(({ at }) => `${at} ${one.date} ${one.start < 750 ? 'am' : 'pm'}`)));
  const owed = halves(() => true);
  const lost = halves(({ absent }) => absent);
  const unjustified = halves(({ absent, justified }) => absent && !justified);
  const inClass = (words: ReadonlySet<string>, label: string) =>
    [...words].filter((word) => (classOf.get(PUPILS[Number(word[0])] as string) ?? '') === label).length;
  return { owed, lost, unjustified, inClass };
};

describe('a month’s figures', () => {
  it('are half-days lost out of half-days owed, whatever was called, held or forgotten', () => {
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 24 }), (slots) => {
        const all = named(slots);
        const figures = counted(all);
        const { owed, lost, unjustified, inClass } = reference(all);
        expect(MonthFigures.safeParse(figures).success).toBe(true);
        const classes = byClass([figures]);
        for (const label of [...CLASSES, '']) {
          const expected = { owed: inClass(owed, label), lost: inClass(lost, label), withoutReason: inClass(unjustified, label) };
          const found = classes.find((one) => one.label === label) ?? { owed: 0, lost: 0, withoutReason: 0 };
          expect({ owed: found.owed, lost: found.lost, withoutReason: found.withoutReason }).toEqual(expected);
          expect(found.lost).toBeLessThanOrEqual(found.owed);
        }
        for (const parts of [byWeek([figures]), byWeekday([figures])]) {
          expect(parts.reduce((sum, one) => sum + one.owed, 0)).toBe(owed.size);
          expect(parts.reduce((sum, one) => sum + one.lost, 0)).toBe(lost.size);
        }
        expect(byReason([figures]).reduce((sum, one) => sum + one.lost, 0)).toBe(lost.size);
      }),
    );
  });

  it('count a roll call that nobody validated for each teacher and class of its lesson, unless the lesson was not held or a study room', () => {
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 24 }), (slots) => {
        const all = named(slots);
        const figures = counted(all);
        const due = all.filter(({ known, notHeld, studyRoom }) => known && !notHeld && !studyRoom);
        const missing = due.filter(({ call }) => call !== 'done');
        expect(figures.calls).toEqual({ due: due.length, untaken: missing.length });
        const asked = (of: (one: Named) => boolean) => ({ due: due.filter(of).length, untaken: missing.filter(of).length });
        for (const { teacherId, ...found } of byTeacher([figures]))
          expect(found).toEqual(asked(({ teachers }) => teachers.includes(teacherId)));
        for (const { groupId, label: _, ...found } of byGroup([figures])) expect(found).toEqual(asked(({ group }) => group === groupId));
        expect(new Set(byTeacher([figures]).map(({ teacherId }) => teacherId))).toEqual(new Set(due.flatMap(({ teachers }) => teachers)));
        expect(new Set(byGroup([figures]).map(({ groupId }) => groupId))).toEqual(new Set(due.map(({ group }) => group)));
      }),
    );
  });

  it('of two months are those of both', () => {
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 24 }), fc.nat(11), (slots, cut) => {
        const all = named(slots);
        const [whole, ...parts] = [all, all.filter(({ day }) => day < cut), all.filter(({ day }) => day >= cut)].map(counted);
        const sums = (months: MonthFigures[]) => [
          byClass(months).sort((a, b) => (a.label < b.label ? -1 : 1)),
          byWeek(months),
          byWeekday(months),
          byTeacher(months).sort((a, b) => (a.teacherId < b.teacherId ? -1 : 1)),
        ];
        expect(sums(parts)).toEqual(sums([whole as MonthFigures]));
      }),
    );
  });
});

describe('reasons', () => {
  it('are missing where nobody gave one for all of a half-day', () => {
    const day = countDay({ uai: UAI, date: MONDAY }, { schoolDay: true, lessons: [] }, [], classOf, counting);
    const lesson = (startMinute: number, over: Partial<MissedLesson>): MissedLesson => ({
      lessonId: `l_start${startMinute}`,
      startMinute,
      endMinute: startMinute + 55,
      justified: false,
      open: true,
      onReport: true,
      ...over,
    });
    const reasons = (...missed: MissedLesson[]) =>
      byReason([countMonth([day], [{ days: [{ date: MONDAY, missed, late: [], absences: [] }] }])]);
    expect(reasons(lesson(480, {}))).toEqual([{ lost: 1 }]);
    expect(reasons(lesson(480, { reasonId: 'r_bus00' }), lesson(540, { reasonId: 'r_illness' }))).toEqual([
      { reasonId: 'r_bus00', lost: 1 },
    ]);
    expect(reasons(lesson(480, { reasonId: 'r_bus00' }), lesson(540, {}), lesson(840, { reasonId: 'r_illness' }))).toEqual([
      { lost: 1 },
      { reasonId: 'r_illness', lost: 1 },
    ]);
  });
});
