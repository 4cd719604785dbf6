import { expect, it } from 'vitest';
import { batchesOf } from '../../../../functions/directory/imports/inspect.ts';
import type { Unit } from '../../../../shared/directory/plan.ts';
import { GUARDIANS, PUPILS, scene } from '../scene.ts';

/** A home of the child welfare office: one guardian of more pupils than a transaction holds. */
const WARDS = Array.from({ length: 230 }, (_, index) => ({ id: `7${String(index).padStart(3, '0')}`, name: `Noé ROY${index}` }));
const HOME = { id: '777', name: 'Foyer ASE', of: WARDS.map(({ id }) => [id, 2, '51'] as const) };

it('applies a guardian of two hundred pupils, whose card holds them all', async () => {
  const school = await scene([...PUPILS, ...WARDS], [...GUARDIANS, HOME]);
  const { personId } = school.person('Foyer ASE');
  expect(school.directory.items('link').filter(({ guardianId }) => guardianId === personId)).toHaveLength(230);
  expect(school.children('Foyer ASE')).toHaveLength(230);
});

it('packs units into transactions of a hundred writes', () => {
  const unit = (links: number): Unit => ({
    unit: 'person',
    personId: 'p_someone00',
    door: 'guardian',
    links: Array.from({ length: links }, (_, index) => ({
      pupilId: `p_pupil${index}`,
      guardianId: 'p_someone00',
      level: 1,
      contactFirst: false,
      householdId: '1',
      origin: 'siecle',
    })),
  });
  expect(batchesOf(Array.from({ length: 120 }, () => unit(0))).map((batch) => batch.length)).toEqual([50, 50, 20]);
  expect(batchesOf([unit(2), unit(300), unit(2)]).map((batch) => batch.length)).toEqual([1, 1, 1]);
  expect(batchesOf([])).toEqual([]);
});
