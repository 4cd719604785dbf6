import { asApiFailure } from '#lib/api/index.ts';
import { reasonOf } from '#lib/api/sentence.ts';
import * as m from '#messages';
import type { Done } from './gestures.ts';

export interface GestureLog {
  readonly last: Done | undefined;
  readonly problem: string;
  readonly busy: boolean;
  /** Does one thing; `nothing` says why there was nothing to do. */
  act(run: () => Promise<Done | undefined>, nothing?: () => string): Promise<void>;
  /** Something that was done elsewhere on the page. */
  note(done: Done): void;
  /** Why a gesture was not even tried; without words, what was said is forgotten. */
  refuse(words?: string): void;
  undo(): Promise<void>;
}

/** One gesture at a time; what it did stays written, with its way back, until the next. */
export function gestureLog(after: () => void): GestureLog {
  let last = $state.raw<Done>();
  let problem = $state('');
  let busy = $state(false);
  const log: GestureLog = {
    get last() {
      return last;
    },
    get problem() {
      return problem;
    },
    get busy() {
      return busy;
    },
    async act(run, nothing = m.gesture_nothing_to_hold) {
      if (busy) return;
      busy = true;
      problem = '';
      try {
        const done = await run();
        if (done) last = done;
        else problem = nothing();
      } catch (error) {
        const { SENTENCES } = await import('./gestures.ts');
        problem = m.gesture_failed({ why: reasonOf(asApiFailure(error), SENTENCES) });
      } finally {
        busy = false;
        after();
      }
    },
    note(done) {
      problem = '';
      last = done;
      after();
    },
    refuse(words = '') {
      problem = words;
    },
    async undo() {
      const undo = last?.undo;
      if (!undo) return;
      await log.act(async () => {
        await undo();
        return { words: m.gesture_undone() };
      });
    },
  };
  return log;
}
