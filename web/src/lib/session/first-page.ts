import { beginsWithFigures } from '#lib/direction/usual.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import { whoAmI } from './me.ts';
import { homeOf } from './session.ts';

/** Where one is after signing in at a door, unless an address was asked for. */
export async function firstPageOf(door: Door): Promise<string> {
  if (door !== 'staff') return homeOf(door);
  // Without an answer the home says what is wrong.
  const schools = await whoAmI('staff').then(
    (me) => me.schools,
    () => [],
  );
  return beginsWithFigures(schools) ? `${homeOf('staff')}/direction` : homeOf('staff');
}
