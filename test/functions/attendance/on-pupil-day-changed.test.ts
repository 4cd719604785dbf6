import { describe, expect, it } from 'vitest';
import { onPupilDayChanged } from '../../../functions/attendance/on-pupil-day-changed.ts';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { undoTreatments } from '../../../functions/attendance/undo-treatments.ts';
import { pupilDayChanged, thresholdCrossed } from '../../../shared/attendance/events.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import { aSchool, brun, FRENCH, LEA, NOA, request, TODAY, UAI } from './a-school.ts';
import { itemOf, missed } from './an-absence.ts';

type School = ReturnType<typeof aSchool>;
const event = (pupilId = LEA) => ({ name: pupilDayChanged.name, payload: { uai: UAI, date: TODAY, pupilId, revision: 1 } });
const monthOf = ({ store }: School, pupilId = LEA) => store.items('pupilMonth').find((month) => month.pupilId === pupilId);

/** What stream, relay and bus do with all that was written so far. */
const settle = async (school: School, from = 0) => {
  const said: string[] = [];
  let seen = from;
  for (let changes = school.store.changes(); seen < changes.length; changes = school.store.changes()) {
    const change = changes[seen++];
    for (const { name, payload } of change ? eventsOf(change) : []) {
      said.push(name);
      if (name === pupilDayChanged.name)
        await onPupilDayChanged({ name, payload: payload as ReturnType<typeof event>['payload'] }, school.ports);
    }
  }
  return { said, seen };
};

describe('counting a pupil’s day', () => {
  it('follows what was missed, treated and taken back, and crosses a threshold once', async () => {
    const school = aSchool();
    school.settings.settings.commissionHalfDays = 1;
    await missed(school, [LEA]);
    const first = await settle(school);
    expect(first.said.filter((name) => name === thresholdCrossed.name)).toHaveLength(1);
    expect(monthOf(school)).toMatchObject({ classLabel: '5e B', alerts: [{ kind: 'commission', state: 'raised', count: 1 }] });

    const { results } = await treatAbsences(
      { params: { uai: UAI }, caller: brun, ...request({ items: [itemOf(school, LEA)], reasonId: 'r_illness', untilSeen: false }) },
      school.ports,
    );
    const second = await settle(school, first.seen);
    expect(monthOf(school)).toMatchObject({ days: [{ missed: [{ justified: true }] }], alerts: [{ state: 'fallen', count: 0 }] });

    const treatmentId = results[0]?.treatment?.treatmentId as string;
    await undoTreatments(
      { params: { uai: UAI }, caller: brun, ...request({ items: [{ date: TODAY, pupilId: LEA, treatmentId }] }) },
      school.ports,
    );
    await settle(school, second.seen);
    expect(monthOf(school)).toMatchObject({ alerts: [{ state: 'raised', count: 1 }] });
  });

  it('writes nothing when it is told twice, or of a pupil nothing counts of', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    await onPupilDayChanged(event(), school.ports);
    const written = school.store.changes().length;
    await onPupilDayChanged(event(), school.ports);
    await onPupilDayChanged(event(NOA), school.ports);
    expect(school.store.changes()).toHaveLength(written);
    expect(monthOf(school)?.revision).toBe(1);
  });

  it('takes a day out again once it was all a mistake', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    await onPupilDayChanged(event(), school.ports);
    await missed(school, [], undefined, 1);
    await onPupilDayChanged(event(), school.ports);
    expect(monthOf(school)).toMatchObject({ days: [], revision: 2 });
  });

  it('never lets an older reading stand over a newer one', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    await onPupilDayChanged(event(), school.ports);
    const { get } = school.ports.attendance;
    let raced = false;
    const slow: typeof get = async (entity, key) => {
      const found = await get(entity, key);
      if (entity === 'pupilDay' && !raced) {
        raced = true;
        await missed(school, [LEA], FRENCH);
        await onPupilDayChanged(event(), school.ports);
      }
      return found;
    };
    await missed(school, [], undefined, 1);
    await onPupilDayChanged(event(), { ...school.ports, attendance: { ...school.ports.attendance, get: slow } });
    expect(monthOf(school)?.days).toMatchObject([{ missed: [{ lessonId: FRENCH }] }]);
  });
});
