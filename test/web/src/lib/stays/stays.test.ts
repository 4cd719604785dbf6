import { describe, expect, it } from 'vitest';
import { endOfKey, goingAndOver, type StayLine } from '../../../../../web/src/lib/stays/stays.ts';

const stay = (stayId: string, untilMinute?: number): StayLine => ({
  stayId,
  place: 'infirmary',
  fromMinute: 600,
  pupil: { pupilId: `p_${stayId}`, familyName: 'A', givenName: 'B' },
  by: 'M. C',
  ...(untilMinute !== undefined && { untilMinute }),
});

describe('the page of stays', () => {
  it('sets who is there apart from who was', () => {
    const [there, gone] = [stay('y_there001'), stay('y_gone0001', 620)];
    expect(goingAndOver([there, gone])).toEqual({ going: [there], over: [gone] });
  });

  it('has one key for each end, and none for another letter', () => {
    expect(['R', 'f', 'x', 'Enter'].map(endOfKey)).toEqual(['class', 'family', undefined, undefined]);
  });
});
