import { expect, it } from 'vitest';
import { registerCsv } from '../../../functions/attendance/register-csv.ts';
import type { PupilMonth } from '../../../shared/attendance/pupil-month.ts';
import { classLists } from '../../../shared/directory/questions.ts';
import { type Ask, Failure } from '../../../shared/kernel/index.ts';
import { aSchool, LATIN_TEN, LEA, NOA, UAI } from './a-school.ts';

const FIFTH_B = 'g_class5eb';
const LATIN = 'g_latin001';
const lesson = { lessonId: 'l_maths001', startMinute: 485, endMinute: 540, open: false, onReport: true };

const monthOf = (pupilId: string, month: string, days: Partial<PupilMonth['days'][number]>[]): PupilMonth => ({
  uai: UAI,
  month,
  pupilId,
  days: days.map((day) => ({ date: `${month}-08`, missed: [], late: [], absences: [], ...day })),
  alerts: [],
  revision: 1,
});

const aRegister = async (query: { span?: 'month' | 'year'; language?: 'fr' | 'en' } = {}, groupId = FIFTH_B) => {
  const world = aSchool('2026-10-06T10:00');
  const kept = [
    monthOf(LEA, '2026-09', [
      {
        late: [{ ...lesson, startMinute: 600, endMinute: 655, justified: false, minutes: 7 }],
        missed: [{ ...lesson, justified: true, reasonId: 'r_illness' }],
      },
    ]),
    monthOf(LEA, '2026-10', [{ missed: [{ ...lesson, justified: false }] }]),
    monthOf(NOA, '2026-07', [{ missed: [{ ...lesson, justified: false }] }]),
  ];
  for (const item of kept) await world.store.write({ put: 'pupilMonth', item });
  const reply = await registerCsv(
    { params: { uai: UAI, month: '2026-10', groupId }, query: { span: 'month', language: 'fr', ...query } },
    world.ports,
  );
  return String(reply.body).replace('\uFEFF', '').trimEnd().split('\r\n');
};

it('has every absence and lateness of the year, in their order, and whoever missed nothing', async () => {
  const [heads, ...lines] = await aRegister({ span: 'year' });
  expect(heads).toBe('nom;prénom;classe;date;début;fin;constat;minutes;recevable;motif');
  expect(lines.map((line) => line.split(';').slice(3).join(';'))).toEqual([
    '2026-09-08;08:05;09:00;absence;;oui;Maladie',
    '2026-09-08;10:00;10:55;retard;7;non;',
    '2026-10-08;08:05;09:00;absence;;non;',
    // The two others: a year that is over is no part of this one.
    '',
    '',
  ]);
});

it('is of the month alone when asked so, in the reader’s language', async () => {
  const [heads, ...lines] = await aRegister({ language: 'en' });
  expect(heads).toContain('admissible');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('2026-10-08;08:05;09:00;absence;;no;');
});

it('says how many roll calls nobody made, and of a teaching group only its own lessons', async () => {
  const world = aSchool('2026-10-06T10:00');
  const months = [
    monthOf(LEA, '2026-09', [
      {
        missed: [
          { ...lesson, justified: false },
          { ...lesson, lessonId: LATIN_TEN, startMinute: 600, endMinute: 655, justified: false },
        ],
      },
    ]),
  ];
  for (const item of months) await world.store.write({ put: 'pupilMonth', item });
  await world.store.write({
    put: 'countedDay',
    item: {
      uai: UAI,
      month: '2026-09',
      date: '2026-09-09',
      halfDaySwitch: 750,
      openHalves: ['morning'],
      classes: [],
      calls: { due: 3, untaken: 2 },
      teachers: [],
      groups: [
        { groupId: FIFTH_B, label: FIFTH_B, due: 2, untaken: 0 },
        { groupId: LATIN, label: LATIN, due: 1, untaken: 1 },
      ],
      rev: 1,
    },
  });
  const of = async (groupId: string, kind: 'class' | 'group') => {
    const ask = (async (question: { name: string }, input: never) => {
      const answer = await world.ask(question as never, input);
      return question.name === classLists.name
        ? { lists: (answer as { lists: { groupId: string }[] }).lists.map((one) => (one.groupId === groupId ? { ...one, kind } : one)) }
        : answer;
    }) as Ask;
    const reply = await registerCsv(
      { params: { uai: UAI, month: '2026-09', groupId }, query: { span: 'month', language: 'fr' } },
      { ...world.ports, ask },
    );
    return String(reply.body)
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';').slice(3, 7).join(';'));
  };
  expect(await of(LATIN, 'group')).toEqual(['2026-09-08;10:00;10:55;absence', '', '2026-09-09;;;appels jamais faits\u00a0: 1']);
  expect(await of(FIFTH_B, 'class')).toEqual(['2026-09-08;08:05;09:00;absence', '2026-09-08;10:00;10:55;absence', '', '']);
});

it('is of no class that the school has not', async () => {
  await expect(aRegister({}, 'g_nothere01')).rejects.toThrow(Failure);
});
