import { describe, expect, it } from 'vitest';
import { isOfToday, lastViews, type View, type ViewName } from '#lib/offline/last-view.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import type { PersonId } from '#shared/kernel/ids.ts';

const [CLAIRE, PAUL] = ['p_claire', 'p_paul'] as PersonId[] as [PersonId, PersonId];
const HOME: ViewName = 'guardian/home';
const NINE = new Date(2026, 10, 23, 9).getTime();
const HOUR = 3_600_000;

const device = () => {
  const kept = new Map<string, View>();
  const here = new Map<Door, PersonId>();
  const clock = { now: NINE };
  const wait: { write?: () => void } = {};
  const views = lastViews({
    get: async (name) => kept.get(name),
    set: async (name, view) => {
      kept.set(name, view);
      wait.write?.();
    },
    names: async () => [...kept],
    remove: async (names) => {
      for (const name of names) kept.delete(name);
    },
    personHere: (door) => here.get(door),
    now: () => clock.now,
  });
  return { kept, here, clock, wait, views };
};
const shown = (by: PersonId) => ({ by, ahead: 0, data: { children: ['Inès'] } });

describe('the last view of a screen', () => {
  it('is shown again to the person it was shown to, with its moment', async () => {
    const { here, clock, views } = device();
    here.set('guardian', CLAIRE);
    await views.keep(HOME, shown(CLAIRE));
    clock.now += HOUR;
    expect(await views.find(HOME)).toEqual({ ...shown(CLAIRE), at: NINE });
  });

  it('is shown to nobody else who comes in by that door', async () => {
    const { here, views } = device();
    here.set('guardian', CLAIRE);
    await views.keep(HOME, shown(CLAIRE));
    here.set('guardian', PAUL);
    expect(await views.find(HOME)).toBeUndefined();
  });

  it('is shown to nobody once nobody is here', async () => {
    const { here, views } = device();
    here.set('guardian', CLAIRE);
    await views.keep(HOME, shown(CLAIRE));
    here.delete('guardian');
    expect(await views.find(HOME)).toBeUndefined();
  });

  it('is not kept by a page that still runs for whoever was here before', async () => {
    const { kept, here, views } = device();
    here.set('guardian', PAUL);
    await views.keep(HOME, shown(CLAIRE));
    expect(kept.size).toBe(0);
    here.set('guardian', CLAIRE);
    await views.keep(HOME, shown(CLAIRE));
    expect(kept.size).toBe(1);
  });

  it('does not outlive a sign-out that came while it was written', async () => {
    const { kept, here, wait, views } = device();
    here.set('guardian', CLAIRE);
    wait.write = () => here.delete('guardian');
    await views.keep(HOME, shown(CLAIRE));
    expect(kept.size).toBe(0);
  });

  it('is erased with its door, and no other', async () => {
    const { kept, here, views } = device();
    here.set('guardian', CLAIRE).set('teacher', PAUL);
    await views.keep(HOME, shown(CLAIRE));
    await views.keep('guardian/0359901X/p_ines', shown(CLAIRE));
    await views.keep('teacher/home', shown(PAUL));
    await views.eraseAll('guardian');
    expect([...kept.keys()]).toEqual(['teacher/home']);
  });

  it('is of its day: the day after it is not shown, and soon not kept', async () => {
    const { kept, here, clock, views } = device();
    here.set('guardian', CLAIRE);
    await views.keep(HOME, shown(CLAIRE));
    clock.now += 14 * HOUR;
    await views.forgetOld();
    expect(await views.find(HOME)).toBeDefined();
    clock.now += 2 * HOUR;
    expect(await views.find(HOME)).toBeUndefined();
    await views.forgetOld();
    expect(kept.size).toBe(0);
  });

  it('is soon not kept of who went out while nothing could be erased', async () => {
    const { kept, here, views } = device();
    here.set('guardian', CLAIRE).set('teacher', PAUL);
    await views.keep(HOME, shown(CLAIRE));
    await views.keep('teacher/home', shown(PAUL));
    here.set('guardian', PAUL);
    await views.forgetOld();
    expect([...kept.keys()]).toEqual(['teacher/home']);
  });

  it('counts days as this device’s clock does', () => {
    expect(isOfToday({ at: NINE }, NINE + 14 * HOUR)).toBe(true);
    expect(isOfToday({ at: NINE }, NINE + 15 * HOUR)).toBe(false);
  });
});
