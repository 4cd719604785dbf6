import type { Invocation } from '../../../functions/runtime/invocation.ts';
import { type Line, lineLog } from '../../../functions/runtime/log.ts';

/** A Lambda context with time enough, or little. */
export const invoked = (remaining = 10_000): Invocation => ({ awsRequestId: 'request-1', getRemainingTimeInMillis: () => remaining });

/** A log whose lines a test reads. */
export const readLine = (): { line: Line; lines: () => Record<string, unknown>[]; text: () => string } => {
  const written: string[] = [];
  return {
    line: lineLog((one) => void written.push(one)),
    lines: () => written.map((one) => JSON.parse(one) as Record<string, unknown>),
    text: () => written.join('\n'),
  };
};
