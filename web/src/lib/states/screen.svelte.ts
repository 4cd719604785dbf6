import { type ApiFailure, asApiFailure } from '#lib/api/failure.ts';
import type { Screen } from './screen.ts';

export interface Loading<T> {
  readonly current: Screen<T>;
  /** Asks the server again; what is shown stays until it answered. */
  refresh(): Promise<void>;
  /** Shows what a gesture has just changed, before the server is asked again. */
  set(data: T): void;
}

/**
 * A screen that keeps itself true: loads at once, never blanks what it has, and tells an empty answer from no answer.
 * `waiting` counts the gestures that will leave by themselves once back online.
 */
export function screenOf<T>(
  load: (signal: AbortSignal) => Promise<T>,
  {
    isEmpty = () => false,
    waiting = () => 0,
    mayAsk,
  }: { isEmpty?: (data: T) => boolean; waiting?: () => number; mayAsk?: (failure: ApiFailure) => string | undefined } = {},
): Loading<T> {
  let current = $state.raw<Screen<T>>({ state: 'loading' });
  let kept: { data: T; at: Date } | undefined;
  let asked: AbortController | undefined;

  const shown = (data: T) => {
    kept = { data, at: new Date() };
    current = { state: isEmpty(data) ? 'empty' : 'ready', ...kept };
  };

  const refresh = async () => {
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    try {
      const data = await load(mine.signal);
      if (!mine.signal.aborted) shown(data);
    } catch (error) {
      if (mine.signal.aborted) return;
      const failure = asApiFailure(error);
      if (failure.forbidden) {
        const who = mayAsk?.(failure);
        current = { state: 'forbidden', ...(who !== undefined && { who }) };
      } else if (failure.offline) current = { state: 'offline', waiting: waiting(), ...(kept && { kept }) };
      else if (kept && failure.passing) current = { state: 'stale', ...kept };
      else current = { state: 'error', failure, ...(kept && { kept }) };
    }
  };

  $effect(() => {
    void refresh();
    const again = () => void refresh();
    addEventListener('online', again);
    return () => {
      removeEventListener('online', again);
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
