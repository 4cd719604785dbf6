import { call } from '#lib/api/index.ts';
import type { ToldDoor } from '#lib/preferences/browser-here.ts';
import { whileSeen } from '#lib/school-life/polling.ts';
import * as m from '#messages';
import { listNotices } from '#shared/notifications/routes.ts';
import { unreadOf } from './unread-of.ts';

/** Not what anybody waits for: after what the page itself asks. */
const SETTLED_MS = 3_000;
const EVERY_MS = 300_000;

let count = $state(0);

/** How many notices were not opened yet, for the navigation. */
export const unread = {
  get waiting() {
    return count > 0 ? { count, words: m.notices_unread({ count }) } : undefined;
  },
  /** The page of notices says what fails; here the number stays as it was. */
  look: (door: ToldDoor): Promise<void> =>
    call(listNotices, door).then(
      ({ notices }) => {
        count = unreadOf(notices);
      },
      () => {},
    ),
  /** While somebody is in the space; nobody’s number is left to the next. */
  watch(door: ToldDoor): () => void {
    const look = () => void unread.look(door);
    const first = setTimeout(look, SETTLED_MS);
    const stop = whileSeen(look, EVERY_MS);
    return () => {
      clearTimeout(first);
      stop();
      count = 0;
    };
  },
};
