import { offline } from '#lib/offline/later.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import type { PersonId } from '#shared/kernel/ids.ts';

const keyOf = (door: Door) => `preau.here.${door}`;
/** A browser that keeps nothing has nothing to erase. */
const erase = (door: Door) =>
  offline()
    .then(({ eraseViews }) => eraseViews(door))
    .catch(() => {});

/** Whose session this browser holds at a door, as the server last said; known without a network, and to every tab. */
export const personHere = (door: Door): PersonId | undefined => (localStorage.getItem(keyOf(door)) as PersonId | null) ?? undefined;

/** Somebody came in: what was kept of anybody else is gone. */
export function comeIn(door: Door, person: PersonId): void {
  const before = personHere(door);
  if (before === person) return;
  localStorage.setItem(keyOf(door), person);
  if (before !== undefined) void erase(door);
}

/** Nobody is here any more: nothing of them stays, and no other tab keeps anything after this. */
export async function goOut(door: Door): Promise<void> {
  if (personHere(door) === undefined) return;
  localStorage.removeItem(keyOf(door));
  await erase(door);
}
