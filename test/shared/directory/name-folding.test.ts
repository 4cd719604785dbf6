import { expect, it } from 'vitest';
import { fold, sortKeyOf } from '../../../shared/directory/name-folding.ts';

it.each([
  ['Léa', 'LEA'],
  ["O'Brien", 'O BRIEN'],
  ['Œuvrard', 'OEUVRARD'],
  ['De  La-Tour', 'DE LA TOUR'],
  ['N’Guyễn', 'N GUYEN'],
  ['a#b', 'A B'],
])('folds %s to %s', (name, folded) => expect(fold(name)).toBe(folded));

it('sorts by family name, then given name', () => expect(sortKeyOf({ familyName: 'Martin', givenName: 'Zoé' })).toBe('MARTIN ZOE'));
