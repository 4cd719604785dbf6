import { expect, it } from 'vitest';
import { kindIn, whenIn } from '#lib/arrangements/words.ts';

const NBSP = '\u00a0';

it('says what it is, and never why', () => {
  expect(kindIn({ kind: 'outing' })).toBe('Sortie scolaire');
  expect(kindIn({ kind: 'exemption', inRoom: true })).toBe('Dispense, présence en salle');
});

it('says one day, several, and what of them', () => {
  expect(whenIn({ from: '2026-11-24', until: '2026-11-24' })).toBe('mardi 24 novembre');
  expect(whenIn({ from: '2026-11-24', until: '2026-11-24', fromMinute: 540, untilMinute: 990 })).toBe(
    `mardi 24 novembre, de 9${NBSP}h à 16${NBSP}h${NBSP}30`,
  );
  expect(whenIn({ from: '2026-12-07', until: '2026-12-18', weekdays: [2, 4], fromMinute: 600, subject: 'EPS' })).toBe(
    `du lundi 7 décembre au vendredi 18 décembre, le mardi, le jeudi, à partir de 10${NBSP}h, EPS`,
  );
  expect(whenIn({ from: '2026-12-07', until: '2026-12-07', untilMinute: 600 })).toBe(`lundi 7 décembre, jusqu’à 10${NBSP}h`);
});
