import { expect, it } from 'vitest';
import { readableCivility } from '../../../shared/directory/readable-civility.ts';

it.each([
  ['MME', 'Mme'],
  ['MLLE', 'Mlle'],
  ['MONSIEUR', 'Monsieur'],
  ['M.', 'M.'],
  ['Mme', 'Mme'],
  ['M,Mme', 'M,Mme'],
])('writes %s as %s', (written, read) => {
  expect(readableCivility(written)).toBe(read);
});
