import middy from '@middy/core';
import { environment } from './env.ts';
import { faultOf, type Line } from './log.ts';

/** The part of a Lambda context that is used. */
export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export type Handler<E, A> = (event: E, context: Invocation) => Promise<A>;

/** Kept from a function's last moments to say that it was stopped, instead of vanishing. */
const LAST_WORDS = 250;

/**
 * Every function's frame: one line of log an invocation, and an early end that is still logged. `describe` adds what the
 * line says of the event; an error is logged by its class and goes on to the platform, which retries or files it.
 */
export const invocation = <E, A>(line: Line, handle: Handler<E, A>, whenLate?: () => A): Handler<E, A> => {
  const { PREAU_CONTEXT, PREAU_ENTRY } = environment();
  const code = `${PREAU_CONTEXT}.${PREAU_ENTRY}`;
  const late = (): A => {
    line.warn('function.late');
    if (whenLate) return whenLate();
    throw new Error('late');
  };
  const framed = middy<E, A>({ timeoutEarlyInMillis: LAST_WORDS, timeoutEarlyResponse: late })
    .use({
      before: ({ context }) => line.begin(context.awsRequestId),
      after: () => line.end(code),
      onError: ({ error }) => line.end(code, faultOf(error)),
    })
    .handler((event: E, context: Invocation) => handle(event, context));
  return framed as unknown as Handler<E, A>;
};
