import { expect, it } from 'vitest';
import { academyOf } from '../../../shared/directory/academies.ts';

it.each([
  ['Rennes', '14'],
  ['14', '14'],
  ['014', '14'],
  ['6', '06'],
  ['Académie d’Aix-Marseille', '02'],
  ['NANCY-METZ', '12'],
  ['Normandie', '70'],
  ['Atlantide', undefined],
  [undefined, undefined],
])('reads %j as %j', (said, code) => expect(academyOf(said)).toBe(code));
