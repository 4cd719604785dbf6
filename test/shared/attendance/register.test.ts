import { describe, expect, it } from 'vitest';
import { columnsOf, listedOn } from '../../../shared/attendance/register.ts';

const DAY = '2026-09-15';
const pupil = (pupilId: string, more: { from?: string; until?: string } = {}) => ({ pupilId, familyName: pupilId, givenName: '', ...more });
const LISTS = new Map([
  ['5B', { pupils: [pupil('lea'), pupil('noa')] }],
  ['latin', { pupils: [pupil('lea'), pupil('tom')] }],
]);
const lesson = (lessonId: string, groupIds: string[], more: { notHeld?: object } = {}) => ({ lessonId, groupIds, ...more });
type Called = Parameters<typeof columnsOf>[3][number];
const call = (lessonId: string, pupilIds: string[], marks: Called['marks'] = [], state: Called['state'] = 'done'): Called => ({
  lessonId,
  state,
  pupilIds,
  marks,
});
const shown = (lessons: Parameters<typeof columnsOf>[2], calls: Called[] = []) =>
  columnsOf(DAY, ['lea', 'noa'], lessons, calls, LISTS).map((column) => [column.lesson.lessonId, Object.fromEntries(column.entries)]);

describe('the register of a class', () => {
  it('has the lessons its pupils have, each with those alone whom it is for', () => {
    expect(shown([lesson('maths', ['5B']), lesson('latin', ['latin']), lesson('other', ['4A'])])).toEqual([
      ['maths', { lea: { is: 'open' }, noa: { is: 'open' } }],
      ['latin', { lea: { is: 'open' } }],
    ]);
  });

  it('says what a validated roll call says, present without a mark, and nothing of one in progress', () => {
    const marks: Called['marks'] = [{ pupilId: 'noa', state: 'late', minutes: 7 }];
    expect(shown([lesson('maths', ['5B'])], [call('maths', ['lea', 'noa'], marks)])).toEqual([
      ['maths', { lea: { is: 'present' }, noa: { is: 'late', minutes: 7 } }],
    ]);
    expect(shown([lesson('maths', ['5B'])], [call('maths', ['lea', 'noa'], marks, 'begun')])).toEqual([
      ['maths', { lea: { is: 'open' }, noa: { is: 'open' } }],
    ]);
  });

  it('believes a roll call about its own list: who was added is there, « pas dans mon groupe » is not', () => {
    expect(shown([lesson('maths', ['5B']), lesson('other', ['4A'])], [call('maths', ['lea']), call('other', ['noa', 'tom'])])).toEqual([
      ['maths', { lea: { is: 'present' } }],
      ['other', { noa: { is: 'present' } }],
    ]);
  });

  it('keeps a lesson that was not held as an empty column, though it had been called', () => {
    expect(shown([lesson('maths', ['5B'], { notHeld: {} })], [call('maths', ['lea', 'noa'])])).toEqual([['maths', {}]]);
  });

  it('lists who is in the class that day', () => {
    const list = [pupil('lea', { until: '2026-09-14' }), pupil('noa', { from: DAY }), pupil('zoe', { until: DAY })];
    expect(listedOn(list, DAY).map(({ pupilId }) => pupilId)).toEqual(['noa', 'zoe']);
    expect(listedOn(undefined, DAY)).toEqual([]);
  });
});
