import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LambdaState {
  readonly payload?: { dynamodb_stream_positions?: { data?: Record<string, number> } & Record<string, unknown> };
}

/**
 * The emulator saves how far each stream was read, not the stream itself: after a restart the count starts from nought
 * again and everything below the old position would be skipped without a word. Nought it is, then.
 */
export function rewound(state: LambdaState): LambdaState {
  const positions = state.payload?.dynamodb_stream_positions;
  if (!positions) return state;
  const zero = (entries: Record<string, unknown>) => Object.fromEntries(Object.keys(entries).map((key) => [key, 0]));
  return {
    ...state,
    payload: {
      ...state.payload,
      dynamodb_stream_positions: positions.data ? { ...positions, data: zero(positions.data) as Record<string, number> } : {},
    },
  };
}

/** To be called before the emulator starts on a state it saved. */
export function rewindStreams(stateFolder: string): void {
  const file = join(stateFolder, 'lambda.json');
  if (!existsSync(file)) return;
  writeFileSync(file, JSON.stringify(rewound(JSON.parse(readFileSync(file, 'utf8')))));
}
