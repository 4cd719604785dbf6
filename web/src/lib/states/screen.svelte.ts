import { type ApiFailure, asApiFailure } from '#lib/api/failure.ts';
import type { ViewName, ViewOf } from '#lib/offline/last-view.ts';
import { offline } from '#lib/offline/later.ts';
import { clock } from '#lib/session/clock.ts';
import type { Kept, Screen } from './screen.ts';

export interface Loading<T> {
  readonly current: Screen<T>;
  /** Asks the server again; what is shown stays until it answered. */
  refresh(): Promise<void>;
  /** Shows what a gesture has just changed, before the server is asked again. */
  set(data: T): void;
}

/** Longer than this, what was shown last is better than still bars. */
const SLOW_MS = 4_000;

/**
 * A screen that keeps itself true: loads at once, never blanks what it has, and tells an empty answer from no answer.
 * `waiting` counts the gestures that will leave by themselves once back online. A screen that names its `last` view is shown from the device
 * as the person last saw it today, when there is no network or no answer.
 */
export function screenOf<T>(
  load: (signal: AbortSignal) => Promise<T>,
  {
    isEmpty = () => false,
    waiting = () => 0,
    mayAsk,
    last,
  }: {
    isEmpty?: (data: T) => boolean;
    waiting?: () => number;
    mayAsk?: (failure: ApiFailure) => string | undefined;
    last?: () => ViewName;
  } = {},
): Loading<T> {
  let current = $state.raw<Screen<T>>({ state: 'loading' });
  let kept: Kept<T> | undefined;
  let asked: AbortController | undefined;

  const keep = (found: Kept<T>): Kept<T> => (isEmpty(found.data) ? { ...found, empty: true } : found);
  const shown = (data: T) => {
    kept = keep({ data, at: clock.now() });
    current = { state: kept.empty ? 'empty' : 'ready', ...kept };
  };

  /** What keeps views comes with the first answer to keep, or the first that is missing. A device that keeps nothing goes on without. */
  const onDevice = async (act: (view: ViewOf<T>) => Promise<unknown>) => {
    if (last !== undefined)
      await offline()
        .then(({ viewOf }) => act(viewOf(last())))
        .catch(() => {});
  };
  const findLast = () =>
    onDevice(async ({ find }) => {
      const found = await find();
      kept ??= found && keep(found);
    });

  const refresh = async () => {
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    const slow = setTimeout(async () => {
      await findLast();
      if (current.state === 'loading' && kept && !mine.signal.aborted) current = { state: 'stale', ...kept };
    }, SLOW_MS);
    try {
      const data = await load(mine.signal);
      if (mine.signal.aborted) return;
      shown(data);
      void onDevice((view) => view.keep(data));
    } catch (error) {
      if (mine.signal.aborted) return;
      const failure = asApiFailure(error);
      // What is refused now is no longer theirs to see.
      await (failure.passing ? findLast() : onDevice(({ erase }) => erase()));
      if (mine.signal.aborted) return;
      if (failure.forbidden) {
        const who = mayAsk?.(failure);
        current = { state: 'forbidden', ...(who !== undefined && { who }) };
      } else if (failure.offline) current = { state: 'offline', waiting: waiting(), ...(kept && { kept }) };
      else if (kept && failure.passing) current = { state: 'stale', ...kept };
      else current = { state: 'error', failure, ...(kept && { kept }) };
    } finally {
      clearTimeout(slow);
    }
  };

  $effect(() => {
    void refresh();
    const again = () => void refresh();
    addEventListener('online', again);
    addEventListener('offline', again);
    return () => {
      removeEventListener('online', again);
      removeEventListener('offline', again);
      asked?.abort();
    };
  });

  return {
    get current() {
      return current;
    },
    refresh,
    set: shown,
  };
}
