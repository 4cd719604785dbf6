import { createStore, del, delMany, entries, get, set } from 'idb-keyval';
import { dateAt } from '#lib/format/format.ts';
import { clock } from '#lib/session/clock.ts';
import { personHere } from '#lib/session/here.ts';
import { whoAmI } from '#lib/session/me.ts';
import type { Kept } from '#lib/states/screen.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import type { PersonId } from '#shared/kernel/ids.ts';

/** A screen and what it is of: `guardian/0359901X/p_…`. */
export type ViewName = `${Door}/${string}`;

/** What a screen last showed, as it is kept on the device. */
export interface View {
  readonly by: PersonId;
  /** By this device’s clock. */
  readonly at: number;
  /** To the schools’ clock. */
  readonly ahead: number;
  readonly data: unknown;
}

const doorOf = (name: ViewName) => name.split('/')[0] as Door;

/** A view speaks of its day: shown the day after, « Présente » would be untrue. */
export const isOfToday = ({ at }: Pick<View, 'at'>, now: number): boolean => dateAt(new Date(at)) === dateAt(new Date(now));

export interface ViewPorts {
  readonly get: (name: string) => Promise<View | undefined>;
  readonly set: (name: string, view: View) => Promise<void>;
  readonly names: () => Promise<readonly (readonly [name: string, view: View])[]>;
  readonly remove: (names: readonly string[]) => Promise<void>;
  readonly personHere: (door: Door) => PersonId | undefined;
  readonly now: () => number;
}

/** The last view of each screen, for when there is no network: of who is here now, of today, and of nobody else. */
export const lastViews = ({ get: read, set: write, names, remove, personHere: here, now }: ViewPorts) => ({
  async keep(name: ViewName, { by, ahead, data }: Omit<View, 'at'>): Promise<void> {
    if (here(doorOf(name)) !== by) return;
    await write(name, { by, at: now(), ahead, data });
    // Signed out in the meantime, perhaps in another tab.
    if (here(doorOf(name)) !== by) await remove([name]);
  },
  async find(name: ViewName): Promise<View | undefined> {
    const view = await read(name);
    return view && view.by === here(doorOf(name)) && isOfToday(view, now()) ? view : undefined;
  },
  erase: (name: ViewName): Promise<void> => remove([name]),
  async eraseAll(door: Door): Promise<void> {
    await remove((await names()).map(([name]) => name).filter((name) => name.startsWith(`${door}/`)));
  },
  /** Of another day, and of who went out when nothing could be erased. */
  async forgetOld(): Promise<void> {
    const isOver = ([name, view]: readonly [name: string, view: View]) =>
      !isOfToday(view, now()) || view.by !== here(doorOf(name as ViewName));
    await remove((await names()).filter(isOver).map(([name]) => name));
  },
});

const store = createStore('preau-views', 'last');
const views = lastViews({
  get: (name) => get<View>(name, store),
  set: (name, view) => set(name, view, store),
  names: () => entries<string, View>(store),
  remove: (some) => (some.length === 1 ? del(some[0] as string, store) : delMany([...some], store)),
  personHere,
  now: () => Date.now(),
});

/** The last view of one screen. */
export interface ViewOf<T> {
  keep(data: T): Promise<void>;
  find(): Promise<Kept<T> | undefined>;
  erase(): Promise<void>;
}

export const viewOf = <T>(name: ViewName): ViewOf<T> => ({
  keep: async (data) => views.keep(name, { by: (await whoAmI(doorOf(name))).personId, ahead: clock.ahead, data }),
  async find() {
    const view = await views.find(name);
    if (!view) return undefined;
    clock.remember(view.ahead);
    return { data: view.data as T, at: new Date(view.at + view.ahead) };
  },
  erase: () => views.erase(name),
});

export const { eraseAll: eraseViews, forgetOld: forgetOldViews } = views;
