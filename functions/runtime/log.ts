import type { Log } from '../../shared/kernel/context.ts';
import { environment } from './env.ts';

type Facts = Readonly<Record<string, string | number | boolean>>;

export interface Line extends Log {
  /** Begins an invocation: what was noted before belongs to another. */
  begin(id: string): void;
  /** Writes the invocation's one line. */
  end(code: string, facts?: Facts): void;
}

const reading = /\(?([^()\s]+:\d+:\d+)\)?$/;

/** What may be said of an unforeseen error: its class and where it was thrown. Its message may quote a child's data. */
export const faultOf = (error: unknown): Facts => {
  if (!(error instanceof Error)) return { fault: typeof error };
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  const where = frame && reading.exec(frame.trim())?.[1]?.split('/').at(-1);
  return where === undefined ? { fault: error.name } : { fault: error.name, where };
};

/**
 * One structured line an invocation: `info` adds to it, `warn` writes at once. Codes and ids only.
 * It is forty lines because a logging library costs more of a cold start than the rest of this folder.
 */
export const lineLog = (write: (line: string) => void = console.log): Line => {
  const { PREAU_STAGE: stage, PREAU_CONTEXT: context, PREAU_ENTRY: entry } = environment();
  let id = '';
  let began = 0;
  let notes: Record<string, Facts> = {};
  const say = (level: string, code: string, facts: object) => write(JSON.stringify({ level, code, stage, context, entry, id, ...facts }));
  return {
    begin(invocation) {
      id = invocation;
      began = performance.now();
      notes = {};
    },
    info(code, facts = {}) {
      notes[code] = facts;
    },
    warn(code, facts = {}) {
      say('warn', code, facts);
    },
    end(code, facts = {}) {
      const noted = Object.keys(notes).length > 0 ? { notes } : {};
      say('info', code, { ...facts, ms: Math.round((performance.now() - began) * 10) / 10, ...noted });
    },
  };
};
