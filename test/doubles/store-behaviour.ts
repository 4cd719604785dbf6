import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Store } from '../../shared/kernel/store.ts';
import { defineTable } from '../../shared/kernel/table.ts';

/** A table with what the kernel's declarations allow: an index, a counter, states, open-ended attributes. */
export const library = defineTable({
  name: 'library',
  entities: {
    loan: {
      schema: z.object({
        school: z.string(),
        book: z.string(),
        state: z.enum(['open', 'late', 'closed']),
        openSince: z.string().optional(),
        note: z.string().optional(),
        revision: z.int().default(1),
      }),
      pk: '{school}',
      sk: 'loan#{book}',
      indexes: { open: { pk: '{school}#open', sk: '{openSince}' } },
      retention: 'one year',
    },
    shelf: {
      schema: z.object({ school: z.string(), name: z.string() }).catchall(z.union([z.string(), z.object({ room: z.string() })])),
      pk: '{school}',
      sk: 'shelf#{name}',
      retention: 'as long as the school',
    },
  },
  patterns: {
    loans: { entities: ['loan'], pk: '{school}', sk: 'loan#', summary: 'the loans of a school' },
    loansBetween: { entities: ['loan'], pk: '{school}', between: ['loan#{from}', 'loan#{to}'], summary: 'the loans of some books' },
    openLoans: { entities: ['loan'], pk: '{school}#open', index: 'open', summary: 'the loans still out' },
    everything: { entities: ['loan', 'shelf'], pk: '{school}', summary: 'a school' },
  },
});

const school = '0750001A';
const key = (book: string, of = school) => ({ school: of, book });
const conflict = (index: number) => expect.objectContaining({ kind: 'conflict', code: 'store.condition-failed', details: { index } });

/** What any store does: run against the one in memory and, where there is one, against a real table. */
export const storeBehaviour = (name: string, make: () => Promise<Store<typeof library>>): void => {
  describe(name, () => {
    const filled = async (...books: string[]) => {
      const store = await make();
      for (const book of books)
        await store.write({ put: 'loan', item: { ...key(book), state: 'open', openSince: `2026-09-0${book.length}` } });
      return store;
    };

    it('gives back what was put, with its defaults and its entity, without its keys', async () => {
      const store = await filled('a');
      expect(await store.get('loan', key('a'))).toEqual({
        entity: 'loan',
        ...key('a'),
        state: 'open',
        openSince: '2026-09-01',
        revision: 1,
      });
    });

    it('gives nothing for a missing item or another school', async () => {
      const store = await filled('a');
      expect(await store.get('loan', key('b'))).toBeUndefined();
      expect(await store.get('loan', key('a', '0750002B'))).toBeUndefined();
    });

    it('refuses an item that its schema refuses', async () => {
      const store = await make();
      await expect(store.write({ put: 'loan', item: { ...key('a'), state: 'lost' as 'open' } })).rejects.toThrow();
    });

    it('refuses a key value that holds the separator', async () => {
      const store = await make();
      await expect(store.write({ put: 'loan', item: { ...key('a#b'), state: 'open' } })).rejects.toThrow(RangeError);
    });

    it('gets many, leaving out the missing and the repeated', async () => {
      const store = await filled('a', 'bb');
      const found = await store.getMany('loan', [key('a'), key('bb'), key('a'), key('zzz')]);
      expect(found.map(({ book }) => book).sort()).toEqual(['a', 'bb']);
      expect(await store.getMany('loan', [])).toEqual([]);
    });

    it('reads items of several kinds together, leaving out the missing', async () => {
      const store = await filled('a');
      await store.write({ put: 'shelf', item: { school, name: 'north' } });
      const found = await store.read(
        { get: 'loan', key: key('a') },
        { get: 'shelf', key: { school, name: 'north' } },
        { get: 'shelf', key: { school, name: 'south' } },
      );
      expect(found.map(({ entity }) => entity).sort()).toEqual(['loan', 'shelf']);
    });

    it('puts only when absent, and only once', async () => {
      const store = await make();
      const put = { put: 'loan', item: { ...key('a'), state: 'open' }, when: { absent: true } } as const;
      await store.write(put);
      await expect(store.write(put)).rejects.toEqual(conflict(0));
    });

    it('updates only what is present when told so', async () => {
      const store = await filled('a');
      const update = (book: string) => ({ update: 'loan', key: key(book), set: { note: 'torn' }, when: { present: true } }) as const;
      await store.write(update('a'));
      expect(await store.get('loan', key('a'))).toMatchObject({ note: 'torn' });
      await expect(store.write(update('b'))).rejects.toEqual(conflict(0));
      expect(await store.get('loan', key('b'))).toBeUndefined();
    });

    it('makes a transition from the states it may start from, and from no other', async () => {
      const store = await filled('a');
      const close = { update: 'loan', key: key('a'), set: { state: 'closed' }, when: { in: { state: ['open', 'late'] } } } as const;
      await store.write(close);
      await expect(store.write(close)).rejects.toEqual(conflict(0));
    });

    it('compares an attribute with a value', async () => {
      const store = await filled('a');
      const set = { update: 'loan', key: key('a'), set: { revision: 2 } } as const;
      await expect(store.write({ ...set, when: { is: { revision: 7 } } })).rejects.toEqual(conflict(0));
      await store.write({ ...set, when: { is: { revision: 1 } } });
      expect(await store.get('loan', key('a'))).toMatchObject({ revision: 2 });
    });

    it('takes a greater revision, or a first one, and leaves an old one', async () => {
      const store = await make();
      const set = (revision: number) =>
        store.write({ update: 'loan', key: key('a'), set: { state: 'open', revision }, when: { below: { revision } } });
      await set(3);
      await set(4);
      await expect(set(4)).rejects.toEqual(conflict(0));
      await expect(set(2)).rejects.toEqual(conflict(0));
    });

    it('removes an attribute set to undefined', async () => {
      const store = await filled('a');
      await store.write({ update: 'loan', key: key('a'), set: { note: 'torn' } });
      await store.write({ update: 'loan', key: key('a'), set: { note: undefined } });
      expect(await store.get('loan', key('a'))).not.toHaveProperty('note');
    });

    it('counts from nothing', async () => {
      const store = await make();
      await store.write({ update: 'loan', key: key('a'), set: { state: 'open' }, add: { revision: 2 } });
      await store.write({ update: 'loan', key: key('a'), set: {}, add: { revision: 3 } });
      expect(await store.get('loan', key('a'))).toEqual({ entity: 'loan', ...key('a'), state: 'open', revision: 5 });
    });

    it('sets an open-ended attribute without touching its neighbours', async () => {
      const store = await make();
      const shelf = { school, name: 'north' };
      await store.write({ update: 'shelf', key: shelf, set: { 'school:0750001A': { room: 'B12' } } });
      await store.write({ update: 'shelf', key: shelf, set: { 'school:0750002B': { room: 'C1' } } });
      expect(await store.get('shelf', shelf)).toEqual({
        entity: 'shelf',
        ...shelf,
        'school:0750001A': { room: 'B12' },
        'school:0750002B': { room: 'C1' },
      });
    });

    it('refuses an attribute that the entity does not have', async () => {
      const store = await filled('a');
      await expect(store.write({ update: 'loan', key: key('a'), set: { colour: 'red' } as {} })).rejects.toThrow(RangeError);
    });

    it('deletes, conditionally', async () => {
      const store = await filled('a');
      await expect(store.write({ delete: 'loan', key: key('a'), when: { is: { state: 'closed' } } })).rejects.toEqual(conflict(0));
      await store.write({ delete: 'loan', key: key('a') });
      expect(await store.get('loan', key('a'))).toBeUndefined();
    });

    it('writes all of a transaction or none of it, and names the write that was refused', async () => {
      const store = await filled('a');
      const both = (when: { state: string }) =>
        store.write({ put: 'loan', item: { ...key('bb'), state: 'open' } }, { check: 'loan', key: key('a'), when: { is: when } });
      await expect(both({ state: 'closed' })).rejects.toEqual(conflict(1));
      expect(await store.get('loan', key('bb'))).toBeUndefined();
      await both({ state: 'open' });
      expect(await store.get('loan', key('bb'))).toBeDefined();
    });

    it('refuses a transaction that touches an item twice', async () => {
      const store = await filled('a');
      await expect(
        store.write({ delete: 'loan', key: key('a') }, { update: 'loan', key: key('a'), set: { note: 'torn' } }),
      ).rejects.toThrow(RangeError);
    });

    it('does nothing when asked to write nothing', async () => {
      const store = await make();
      await expect(store.write()).resolves.toBeUndefined();
    });

    it('finds by a beginning, in order or newest first, and meets only the entities of the pattern', async () => {
      const store = await filled('a', 'bb', 'ccc');
      await store.write({ put: 'shelf', item: { school, name: 'north' } });
      const books = async (newestFirst: boolean) => (await store.query('loans', { school }, { newestFirst })).items.map(({ book }) => book);
      expect(await books(false)).toEqual(['a', 'bb', 'ccc']);
      expect(await books(true)).toEqual(['ccc', 'bb', 'a']);
      expect((await store.query('everything', { school })).items.map(({ entity }) => entity)).toEqual(['loan', 'loan', 'loan', 'shelf']);
    });

    it('finds between two keys, both included', async () => {
      const store = await filled('a', 'bb', 'ccc', 'dddd');
      expect((await store.query('loansBetween', { school, from: 'bb', to: 'ccc' })).items.map(({ book }) => book)).toEqual(['bb', 'ccc']);
    });

    it('finds over a sparse index, which an update enters and leaves', async () => {
      const store = await filled('a', 'bb');
      const open = async () => (await store.all('openLoans', { school })).map(({ book }) => book);
      expect(await open()).toEqual(['a', 'bb']);
      await store.write({ update: 'loan', key: key('a'), set: { state: 'closed', openSince: undefined } });
      expect(await open()).toEqual(['bb']);
      await store.write({ update: 'loan', key: key('a'), set: { state: 'open', openSince: '2026-09-20' } });
      expect(await open()).toEqual(['bb', 'a']);
    });

    it('finds over a sparse index what an update made', async () => {
      const store = await make();
      await store.write({ update: 'loan', key: key('a'), set: { state: 'open', openSince: '2026-09-01' } });
      expect((await store.all('openLoans', { school })).map(({ book }) => book)).toEqual(['a']);
    });

    it('pages to the end, each item once', async () => {
      const store = await filled('a', 'bb', 'ccc', 'dddd', 'eeeee');
      for (const pattern of ['loans', 'openLoans'] as const) {
        for (const newestFirst of [false, true]) {
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await store.query(pattern, { school }, { limit: 2, newestFirst, ...(cursor !== undefined && { cursor }) });
            expect(page.items.length).toBeLessThanOrEqual(2);
            seen.push(...page.items.map(({ book }) => book));
            cursor = page.cursor;
          } while (cursor !== undefined);
          const books = ['a', 'bb', 'ccc', 'dddd', 'eeeee'];
          expect(seen).toEqual(newestFirst ? books.reverse() : books);
        }
      }
    });

    it('refuses a cursor of another school, of another pattern, or made up', async () => {
      const store = await filled('a', 'bb');
      const { cursor = '' } = await store.query('loans', { school }, { limit: 1 });
      const refused = expect.objectContaining({ kind: 'invalid', code: 'request.invalid-cursor' });
      expect((await store.query('loans', { school }, { cursor })).items).toHaveLength(1);
      await expect(store.query('loans', { school: '0750002B' }, { cursor })).rejects.toEqual(refused);
      await expect(store.query('openLoans', { school }, { cursor })).rejects.toEqual(refused);
      const madeUp = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const [mark] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string];
      for (const cursor of [
        '',
        'x',
        madeUp(null),
        madeUp([mark]),
        madeUp([mark, 'shelf#north']),
        madeUp([mark, 'loan#a', 'b', 'c']),
        madeUp({}),
      ]) {
        await expect(store.query('loans', { school }, { cursor })).rejects.toEqual(refused);
      }
    });
  });
};
