import { expect, it } from 'vitest';
import { byLevel, levelOf } from '../../../shared/directory/class-level.ts';

it.each([
  ['5e B', '5e'],
  ['503', '5e'],
  ['61', '6e'],
  ['6EME2', '6e'],
  ['Sixième A', '6e'],
  ['3èmeB', '3e'],
  ['4 A', '4e'],
  ['2NDE 4', '2de'],
  ['2GT1', '2de'],
  ['1STMG', '1re'],
  ['1ère G2', '1re'],
  ['TG3', 'Tle'],
  ['T STMG', 'Tle'],
  ['Terminale 2', 'Tle'],
  ['CM1-CM2', 'CM1'],
  ['Classe de CE2', 'CE2'],
  ['GS', 'GS'],
])('reads the level of %s', (label, level) => {
  expect(levelOf(label)).toBe(level);
});

it.each(['', 'ULIS', 'Molière', 'UPE2A', 'CPGE', 'Théâtre', 'TOUTES'])('reads none from %s', (label) => {
  expect(levelOf(label)).toBeUndefined();
});

it('orders from the youngest, what is no level last', () => {
  expect([undefined, 'Tle', '3e', '6e', 'CP'].sort(byLevel)).toEqual(['CP', '6e', '3e', 'Tle', undefined]);
  expect(['3e', undefined, '6e'].map((level) => ({ level })).sort((a, b) => byLevel(a.level, b.level))).toEqual([
    { level: '6e' },
    { level: '3e' },
    { level: undefined },
  ]);
});
