import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awayFromTable, type Call, whereaboutsAt, wordsOf } from '../../../shared/attendance/whereabouts.ts';

const LESSONS = [480, 540, 600, 660, 840].map((startMinute) => ({ startMinute }));
const call = (startMinute: number, mark?: Call['mark']): Call => ({ startMinute, endMinute: startMinute + 55, ...(mark && { mark }) });
const found = (minute: number, calls: Call[], movements: Parameters<typeof wordsOf>[1] = []) => {
  const { state, word } = whereaboutsAt(minute, wordsOf(calls, movements), LESSONS);
  return [state, word?.minute];
};
const atTable = (minute: number, calls: Call[], movements: Parameters<typeof wordsOf>[1] = []) =>
  awayFromTable(minute, 750, wordsOf(calls, movements), LESSONS);

describe('where a pupil is now', () => {
  it('is unknown until somebody said something', () => {
    expect(found(485, [])).toEqual(['unknown', undefined]);
    expect(found(485, [call(480)])).toEqual(['present', 480]);
  });

  it('is known from a lesson to its end, and then only as a last sight', () => {
    expect(found(534, [call(480)])).toEqual(['present', 480]);
    expect(found(535, [call(480)])).toEqual(['unknown', 480]);
  });

  it('is unknown once another lesson began that was not called, for who was missed as for who was seen', () => {
    expect(found(541, [call(480, { state: 'absent' })])).toEqual(['unknown', 480]);
    expect(found(541, [call(480, { state: 'absent' }), call(540, { state: 'absent' })])).toEqual(['absent', 540]);
    expect(found(541, [call(480, { state: 'absent' }), call(540)])).toEqual(['present', 540]);
  });

  it('keeps who was missed last missing while there is no lesson', () => {
    expect(found(760, [call(660, { state: 'absent' })])).toEqual(['absent', 660]);
    expect(found(760, [call(660)])).toEqual(['unknown', 660]);
  });

  it('follows the desk: arrived is here until the next lesson begins, left is out whatever begins', () => {
    const missed = [call(480, { state: 'absent' })];
    expect(found(510, missed, [{ kind: 'arrived', minute: 502 }])).toEqual(['present', 502]);
    expect(found(538, missed, [{ kind: 'arrived', minute: 502 }])).toEqual(['present', 502]);
    expect(found(541, missed, [{ kind: 'arrived', minute: 502 }])).toEqual(['unknown', 502]);
    expect(found(700, [call(480)], [{ kind: 'left', minute: 520 }])).toEqual(['out', 520]);
    expect(found(545, [call(480), call(540)], [{ kind: 'left', minute: 520 }])).toEqual(['present', 540]);
    expect(found(530, [call(480)], [{ kind: 'left', minute: 520, undone: { by: 'p_brun0001', at: '' } }])).toEqual(['present', 480]);
  });

  it('holds an announced absence for as long as it says, unless the pupil came', () => {
    const announced = [{ kind: 'announced' as const, minute: 0, until: 600 }];
    expect(found(590, [], announced)).toEqual(['absent', 0]);
    expect(found(541, [call(480, { state: 'absent' })], announced)).toEqual(['absent', 0]);
    expect(found(600, [], announced)).toEqual(['unknown', undefined]);
    expect(found(545, [call(480)], announced)).toEqual(['unknown', 480]);
  });

  it('believes a sight against a miss in the same slot', () => {
    expect(found(610, [call(600, { state: 'absent' }), call(600)])).toEqual(['present', 600]);
    expect(found(610, [call(600, { state: 'absent' }), { ...call(580), endMinute: 640 }])).toEqual(['unknown', 580]);
  });

  it('knows who is elsewhere, excused or exempted for what they are', () => {
    expect(found(490, [call(480, { state: 'elsewhere', place: 'infirmary' })])).toEqual(['elsewhere', 480]);
    expect(found(490, [call(480, { state: 'excused' })])).toEqual(['out', 480]);
    expect(found(490, [call(480, { state: 'exempt' })])).toEqual(['unknown', undefined]);
    expect(found(490, [call(480, { state: 'late', minutes: 6 })])).toEqual(['present', 486]);
  });

  it('says present only of who was seen in the lesson going on, or came in since', () => {
    const states = fc.constantFrom('present', 'absent', 'late', 'excused', 'exempt', 'elsewhere' as const);
    const calls = fc.array(
      fc.record({ at: fc.constantFrom(480, 540, 600, 660, 840), state: states }).map(({ at, state }) => call(at, { state })),
      { maxLength: 5 },
    );
    const arrivals = fc.array(
      fc.integer({ min: 450, max: 900 }).map((minute) => ({ kind: 'arrived' as const, minute })),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(calls, arrivals, fc.integer({ min: 450, max: 1000 }), (some, came, minute) => {
        const { state } = whereaboutsAt(minute, wordsOf(some, came), LESSONS);
        if (state !== 'present') return;
        const begun = Math.max(-1, ...LESSONS.map(({ startMinute }) => startMinute).filter((start) => start <= minute));
        const seenNow = some.some(
          ({ startMinute, endMinute, mark }) =>
            startMinute <= minute && minute < endMinute && (mark?.state === 'present' || mark?.state === 'late') && startMinute >= begun,
        );
        expect(seenNow || came.some((one) => begun <= one.minute && one.minute <= minute)).toBe(true);
      }),
    );
  });
});

describe('who is missed at table', () => {
  it('is who is missing or out, and not who was seen', () => {
    expect(atTable(570, [call(540, { state: 'absent' })])).toBe('away');
    expect(atTable(570, [call(480)], [{ kind: 'left', minute: 560 }])).toBe('away');
    expect(atTable(570, [call(540)])).toBeUndefined();
    expect(atTable(570, [])).toBeUndefined();
  });

  it('may be who was missing before a lesson that nobody called', () => {
    expect(atTable(570, [call(480, { state: 'absent' })])).toBe('unsure');
  });

  it('is who announced it for noon, though they are here at nine; who announced to be back before may be', () => {
    expect(atTable(570, [call(540)], [{ kind: 'announced', minute: 690, until: 800 }])).toBe('away');
    expect(atTable(570, [], [{ kind: 'announced', minute: 0, until: 700 }])).toBe('unsure');
    expect(atTable(570, [call(540)], [{ kind: 'announced', minute: 0 }])).toBeUndefined();
  });

  it('does not change after noon', () => {
    expect(atTable(900, [call(660), call(840, { state: 'absent' })], [{ kind: 'left', minute: 890 }])).toBeUndefined();
    expect(atTable(900, [call(660, { state: 'absent' }), call(840)])).toBe('away');
  });
});
