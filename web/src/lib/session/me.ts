import { call } from '#lib/api/index.ts';
import { me } from '#shared/directory/routes.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import { clock } from './clock.ts';
import { comeIn } from './here.ts';

export type Me = AnswerOf<typeof me> & {
  /** Milliseconds from this device's clock to the schools' civil clock. */
  readonly ahead: number;
};

const known = new Map<Door, Promise<Me>>();

/** Who came in by this door: asked once a session; a failure is not remembered. */
export function whoAmI(door: Door): Promise<Me> {
  const before = known.get(door);
  if (before) return before;
  const asked = call(me, door).then((answer) => {
    const ahead = Date.parse(answer.now) - Date.now();
    clock.set(ahead);
    comeIn(door, answer.personId);
    return { ...answer, ahead };
  });
  known.set(door, asked);
  asked.catch(() => known.get(door) === asked && known.delete(door));
  return asked;
}

/** The schools' civil now, which the local stage may have moved. */
export const civilNow = ({ ahead }: Pick<Me, 'ahead'>): Date => new Date(Date.now() + ahead);

export const forget = (door: Door): void => void known.delete(door);
