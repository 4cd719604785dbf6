import { describe, expect, it } from 'vitest';
import { readBoard } from '../../../functions/attendance/read-board.ts';
import { readLessonSheet } from '../../../functions/attendance/read-lesson-sheet.ts';
import { readPresence } from '../../../functions/attendance/read-presence.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import {
  aSchool,
  BRUN,
  brun,
  ferrand,
  LATIN_TEN,
  LEA,
  NOA,
  request,
  SPORT,
  TODAY,
  TOM,
  UAI,
  vasseur,
} from '../../functions/attendance/a-school.ts';
import { dayOf } from '../../functions/attendance/an-absence.ts';

const STUDY = 'l_study0010';
const at = (lessonId: string) => ({ uai: UAI, date: TODAY, lessonId });

/** A study room at 10, watched by school life. */
const withStudyRoom = () => {
  const school = aSchool();
  const sport = school.lessons.find(({ lessonId }) => lessonId === SPORT);
  if (!sport) throw new Error('no lesson at ten');
  school.lessons.push({
    ...sport,
    lessonId: STUDY,
    subject: { code: 'opened', label: 'Permanence' },
    teacherIds: [BRUN],
    groupIds: [],
    groupLabels: [],
    unscheduled: true,
  });
  const enter = (added: string[], marks: { pupilId: string; state: 'absent' | 'elsewhere' }[] = [], basedOn = 0) =>
    saveRollCall(
      { params: at(STUDY), caller: brun, ...request({ state: 'done' as const, basedOn, marks, added, removed: [] }) },
      school.ports,
    );
  const call = (lessonId: string, absent: string[], caller = ferrand) =>
    saveRollCall(
      {
        params: at(lessonId),
        caller,
        ...request({
          state: 'done' as const,
          basedOn: 0,
          marks: absent.map((pupilId) => ({ pupilId, state: 'absent' as const })),
          added: [],
          removed: [],
        }),
      },
      school.ports,
    );
  return { school, enter, call };
};

describe('a study room', () => {
  it('begins empty and holds who was entered', async () => {
    const { school, enter } = withStudyRoom();
    const sheet = () => readLessonSheet({ params: at(STUDY), caller: brun, ...request(undefined) }, school.ports);
    expect((await sheet()).roster).toEqual([]);
    await enter([TOM, LEA]);
    expect((await sheet()).roster.map(({ pupilId }) => pupilId)).toEqual([LEA, TOM]);
  });

  it('sees who came: marked absent elsewhere in the slot, they are to be checked and nobody is told', async () => {
    const { school, enter, call } = withStudyRoom();
    await enter([LEA]);
    expect(await call(SPORT, [LEA, NOA])).toMatchObject({ toCheck: [LEA] });
    expect(dayOf(school, LEA).episodes).toEqual([]);
    expect(dayOf(school, NOA).episodes).toMatchObject([{ state: 'open' }]);
  });

  it('sees them all the same when they are entered after they were marked absent', async () => {
    const { school, enter, call } = withStudyRoom();
    await call(LATIN_TEN, [TOM], vasseur);
    expect(dayOf(school, TOM).episodes).toMatchObject([{ state: 'open' }]);
    await enter([TOM]);
    expect(dayOf(school, TOM)).toMatchObject({ toCheck: [LATIN_TEN], episodes: [{ state: 'silent' }] });
    await enter([], [], 1);
    expect(dayOf(school, TOM)).toMatchObject({ toCheck: [] });
  });

  it('makes nobody absent: neither who did not come nor by a mark', async () => {
    const { school, enter } = withStudyRoom();
    await expect(enter([LEA], [{ pupilId: LEA, state: 'absent' }])).rejects.toMatchObject({ code: 'attendance.mark-impossible' });
    await enter([LEA]);
    expect(school.store.items('pupilDay')).toHaveLength(1);
    const { counters } = await readBoard({ params: { uai: UAI, date: TODAY }, caller: brun, ...request(undefined) }, school.ports);
    expect(counters).toMatchObject({ absentWithoutReason: 0, absentKnown: 0 });
  });

  it('shows them there on the evacuation sheet', async () => {
    const { school, enter } = withStudyRoom();
    await enter([LEA]);
    const { pupils } = await readPresence({ params: { uai: UAI, date: TODAY } }, school.ports);
    expect(pupils.find(({ pupilId }) => pupilId === LEA)).toMatchObject({ state: 'elsewhere', word: { place: 'study' } });
    expect(pupils.find(({ pupilId }) => pupilId === NOA)).toMatchObject({ state: 'unknown' });
  });
});
