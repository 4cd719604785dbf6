import { describe, expect, it } from 'vitest';
import { mobileOf } from '../../../shared/notifications/mobile.ts';

const of = (number: string, kind: 'mobile' | 'home' = 'mobile', acceptsSms = true) => mobileOf({ phones: [{ kind, number }], acceptsSms });

describe('the telephone that takes text messages', () => {
  it.each([
    ['06 12 34 56 78', '+33612345678'],
    ['07.12.34.56.78', '+33712345678'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['0033612345678', '+33612345678'],
    ['06 90 12 34 56', '+590690123456'],
    ['06 92 12 34 56', '+262692123456'],
    ['06 39 12 34 56', '+262639123456'],
    ['06 39 98 01 55', '+33639980155'],
    ['06 94 12 34 56', '+594694123456'],
    ['06 96 12 34 56', '+596696123456'],
    ['+351 912 345 678', '+351912345678'],
  ])('%s is %s', (number, e164) => {
    expect(of(number)).toBe(e164);
  });

  it.each(['01 42 34 56 78', '+33 1 42 34 56 78', '06 12 34', '3615', 'poste 12', ''])('%s is none', (number) => {
    expect(of(number)).toBeUndefined();
  });

  it('is none at home, nor of who refused them', () => {
    expect(of('06 12 34 56 78', 'home')).toBeUndefined();
    expect(of('06 12 34 56 78', 'mobile', false)).toBeUndefined();
  });
});
