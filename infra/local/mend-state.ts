import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that the emulator saved, as far as it is known: entries by account, region and name. */
interface Saved<Entries extends string, Entry> {
  readonly payload?: { readonly [N in Entries]?: { readonly data?: Readonly<Record<string, Entry>> } } & Readonly<Record<string, unknown>>;
}

type LambdaState = Saved<'dynamodb_stream_positions', number>;

/**
 * The emulator saves how far each stream was read, not the stream itself: after a restart the count starts from nought
 * again and everything below the old position would be skipped without a word. Nought it is, then.
 */
export function rewound(state: LambdaState): LambdaState {
  const positions = state.payload?.dynamodb_stream_positions;
  if (!positions) return state;
  const { data } = positions;
  const fromNought = data ? { ...positions, data: Object.fromEntries(Object.keys(data).map((key) => [key, 0])) } : {};
  return { ...state, payload: { ...state.payload, dynamodb_stream_positions: fromNought } };
}

interface Message {
  readonly visible_at: number;
  /** Whoever has it in hand; null for one that only waits for its time. */
  readonly receipt_handle: string | null;
}
type QueueState = Saved<'queues', { readonly messages: readonly Message[] } & Readonly<Record<string, unknown>>>;

/**
 * A message that a function had in hand is nobody's once the emulator and its functions have ended: it comes back at once, not when the queue would
 * show it again (three minutes). A queue may always bring a message twice; the ledger knows what was sent.
 */
export function returned(state: QueueState): QueueState {
  const queues = state.payload?.queues;
  if (!queues?.data) return state;
  const data = Object.fromEntries(
    Object.entries(queues.data).map(([key, queue]) => [
      key,
      { ...queue, messages: queue.messages.map((message) => (message.receipt_handle === null ? message : { ...message, visible_at: 0 })) },
    ]),
  );
  return { ...state, payload: { ...state.payload, queues: { ...queues, data } } };
}

const rewrite = <S>(file: string, mended: (state: S) => S): void => {
  if (existsSync(file)) writeFileSync(file, JSON.stringify(mended(JSON.parse(readFileSync(file, 'utf8')) as S)));
};

/** To be called before the emulator starts on a state it saved. */
export function mendState(stateFolder: string): void {
  rewrite(join(stateFolder, 'lambda.json'), rewound);
  rewrite(join(stateFolder, 'sqs.json'), returned);
}
