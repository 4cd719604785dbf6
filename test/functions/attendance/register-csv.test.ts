import { expect, it } from 'vitest';
import { registerCsv } from '../../../functions/attendance/register-csv.ts';
import type { PupilMonth } from '../../../shared/attendance/pupil-month.ts';
import { Failure } from '../../../shared/kernel/index.ts';
import { aSchool, LEA, NOA, UAI } from './a-school.ts';

const FIFTH_B = 'g_class5eb';
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

it('is of no class that the school has not', async () => {
  await expect(aRegister({}, 'g_nothere01')).rejects.toThrow(Failure);
});
