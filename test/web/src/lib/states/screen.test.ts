import { describe, expect, it } from 'vitest';
import { ApiFailure } from '#lib/api/failure.ts';
import { contentOf, isEmptyNow, type Screen } from '#lib/states/screen.ts';

const at = new Date(0);
const failure = new ApiFailure('network.unreachable');

describe('the six states', () => {
  it('keep their content through a failed refresh', () => {
    const kept = { data: ['devoir'], at };
    const screens: Screen<string[]>[] = [
      { state: 'ready', ...kept },
      { state: 'stale', ...kept },
      { state: 'offline', waiting: 2, kept },
      { state: 'error', failure, kept },
    ];
    for (const screen of screens) expect(contentOf(screen)).toEqual(['devoir']);
  });
  it('show nothing they do not have', () => {
    const screens: Screen<string[]>[] = [
      { state: 'loading' },
      { state: 'forbidden' },
      { state: 'offline', waiting: 0 },
      { state: 'error', failure },
      { state: 'empty', data: [], at },
    ];
    for (const screen of screens) expect(contentOf(screen)).toBeUndefined();
  });
  it('still say that there is nothing when that is what was last heard', () => {
    const kept = { data: [], at, empty: true as const };
    const screens: Screen<string[]>[] = [
      { state: 'empty', ...kept },
      { state: 'stale', ...kept },
      { state: 'offline', waiting: 0, kept },
      { state: 'error', failure, kept },
    ];
    for (const screen of screens) {
      expect(isEmptyNow(screen)).toBe(true);
      expect(contentOf(screen)).toBeUndefined();
    }
    expect(isEmptyNow({ state: 'offline', waiting: 0, kept: { data: ['devoir'], at } })).toBe(false);
    expect(isEmptyNow({ state: 'offline', waiting: 0 })).toBe(false);
  });
  it('have no wrong combination that compiles', () => {
    const wrong = [
      // @ts-expect-error « Aucun… » without the moment the server said so.
      { state: 'empty' } satisfies Screen<string[]>,
      // @ts-expect-error Stale without content.
      { state: 'stale', at } satisfies Screen<string[]>,
      // @ts-expect-error An error without its reason.
      { state: 'error' } satisfies Screen<string[]>,
      // @ts-expect-error Loading has nothing to show.
      { state: 'loading', data: [] } satisfies Screen<string[]>,
      // @ts-expect-error Content that has forgotten when it was true.
      { state: 'offline', waiting: 0, kept: { data: [] } } satisfies Screen<string[]>,
    ];
    expect(wrong).toHaveLength(5);
  });
});
