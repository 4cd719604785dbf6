import { describe, expect, it } from 'vitest';
import { memoryStore } from './store.ts';
import { library, storeBehaviour } from './store-behaviour.ts';

storeBehaviour('the store in memory', async () => memoryStore(library));

describe('what only the store in memory tells', () => {
  const key = { school: '0750001A', book: 'a' };

  it('lists the changes a stream would carry, and none for a write that changes nothing', async () => {
    const store = memoryStore(library);
    await store.write({ put: 'loan', item: { ...key, state: 'open' } });
    await store.write({ put: 'loan', item: { ...key, state: 'open' } });
    await store.write({ update: 'loan', key, set: { state: 'closed' } });
    await store.write({ delete: 'loan', key });
    expect(
      store.changes().map(({ before, after }) => [before, after].map((one) => (one && 'state' in one ? one.state : undefined))),
    ).toEqual([
      [undefined, 'open'],
      ['open', 'closed'],
      ['closed', undefined],
    ]);
  });

  it('counts requests and units: a transaction costs twice, an index half', async () => {
    const store = memoryStore(library);
    await store.write({ put: 'loan', item: { ...key, state: 'open' } });
    await store.write(
      { put: 'loan', item: { ...key, book: 'b', state: 'open' } },
      { update: 'loan', key, set: { note: 'x'.repeat(1500) } },
    );
    await store.query('loans', { school: key.school });
    await store.query('openLoans', { school: key.school });
    expect(store.consumed()).toEqual([
      { kind: 'write', partition: key.school, requests: 1, readUnits: 0, writeUnits: 1 },
      { kind: 'transaction', partition: key.school, requests: 1, readUnits: 0, writeUnits: 6 },
      { kind: 'query', partition: key.school, requests: 1, readUnits: 1, writeUnits: 0 },
      { kind: 'query', partition: `${key.school}#open`, requests: 1, readUnits: 0.5, writeUnits: 0 },
    ]);
    store.forget();
    expect(store.consumed()).toEqual([]);
    expect(store.items('loan')).toHaveLength(2);
  });
});
