import { proofKey } from '../../../functions/attendance/given-answer.ts';
import type { Arrangement } from '../../../shared/attendance/arrangement.ts';
import { emptyDay } from '../../../shared/attendance/pupil-day.ts';
import { monthOf } from '../../../shared/attendance/pupil-month.ts';
import { attendance } from '../../../shared/attendance/table.ts';
import type { Item } from '../../../shared/kernel/index.ts';
import { type aSchool, FERRAND, LEA, MATHS, MUM, NOA, UAI } from './a-school.ts';

type World = Pick<ReturnType<typeof aSchool>, 'store' | 'proofsFiles'>;
type Entity = keyof typeof attendance.entities;

/** What is kept for a school year, as the table says. */
export const ofYear = (Object.keys(attendance.entities) as Entity[]).filter((entity) =>
  attendance.entities[entity].retention.startsWith('the school year'),
);

const EPISODE = 'e_20260915-0750001a-lea00001-0';
const outing = (date: string): Arrangement => ({
  arrangementId: 'x_00000001',
  kind: 'outing',
  target: LEA,
  from: date,
  until: date,
  without: [],
  by: FERRAND,
  at: `${date}T08:00:00.000Z`,
  revision: 1,
});

/** One of everything that a day and its month hold, with the files of its proofs: one that was received and one that may have come. */
export const aDayOfAll = async ({ store, proofsFiles }: World, date: string, pupilId = LEA): Promise<void> => {
  const at = `${date}T08:00:00.000Z`;
  const month = monthOf(date);
  const answer = { episodeId: EPISODE, guardianId: MUM, reason: 'illness' as const, via: 'home' as const, at };
  const day: Item<typeof attendance, 'pupilDay'> = {
    ...emptyDay(UAI, date, pupilId, '5e B'),
    revision: 1,
    queue: 'open',
    answers: [
      { ...answer, answerId: 'w_received', proof: 'received' },
      { ...answer, answerId: 'w_awaited0', proof: 'awaited' },
      { ...answer, answerId: 'w_without0' },
    ],
  };
  for (const answerId of ['w_received', 'w_awaited0'])
    await proofsFiles.write(proofKey({ uai: UAI, date, pupilId }, answerId), 'a proof', 'image/png');
  const lesson = { uai: UAI, date, lessonId: MATHS, startMinute: 540, subject: 'Maths' };
  await store.write(
    {
      put: 'rollCall',
      item: {
        ...lesson,
        endMinute: 595,
        state: 'done',
        revision: 1,
        pupilIds: [pupilId, NOA],
        added: [],
        removed: [],
        marks: [{ pupilId, state: 'absent' }],
        savedBy: FERRAND,
        savedAt: at,
        saves: [],
      },
    },
    { put: 'pupilDay', item: day },
    // An attribute named by a lesson: the table’s schema checks it.
    { put: 'calledSlot', item: { uai: UAI, date, startMinute: 540, [MATHS]: { state: 'done' } } as never },
    {
      put: 'reminder',
      item: { ...lesson, groupIds: [], groupLabels: [], teacherIds: [FERRAND], revision: 1, sent: [{ at }] },
    },
    {
      put: 'remark',
      item: {
        ...lesson,
        remarkId: `o_${date.replaceAll('-', '')}`,
        pupilId,
        kindId: 'k_equipment',
        label: 'Oubli',
        visible: true,
        by: FERRAND,
        at,
        revision: 1,
      },
    },
    { put: 'dayToCount', item: { uai: UAI, date, rev: 1 } },
    { put: 'pupilMonth', item: { uai: UAI, month, pupilId, days: [], alerts: [], revision: 1 } },
    {
      put: 'countedDay',
      item: {
        uai: UAI,
        month,
        date,
        halfDaySwitch: 750,
        openHalves: ['morning'],
        classes: [],
        calls: { due: 1, untaken: 0 },
        teachers: [],
        groups: [],
        rev: 1,
      },
    },
    {
      put: 'monthFigures',
      item: { uai: UAI, month, rev: 1, days: [], classes: [], reasons: [], calls: { due: 1, untaken: 0 }, teachers: [], groups: [] },
    },
    { put: 'arrangedMonth', item: { uai: UAI, month, arrangements: [outing(date)], revision: 1 } },
    { put: 'pupilExit', item: { uai: UAI, pupilId, right: 'never', by: FERRAND, at } },
  );
};
