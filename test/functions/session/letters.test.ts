import { describe, expect, it } from 'vitest';
import { listActivations } from '../../../functions/session/list-activations.ts';
import type { ApiPorts, LettersDuePorts } from '../../../functions/session/manifest.ts';
import { onLettersDue } from '../../../functions/session/on-letters-due.ts';
import { lettersCsv, lettersPdf, readLetters } from '../../../functions/session/read-letters.ts';
import { startLetters } from '../../../functions/session/start-letters.ts';
import { Person } from '../../../shared/directory/person.ts';
import { people, peopleAt, school } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import { AccessCard, type Caller } from '../../../shared/kernel/index.ts';
import { eventsOf } from '../../../shared/session/events-of.ts';
import { session } from '../../../shared/session/table.ts';
import { answered, askDouble, basePorts, memoryAccounts, memoryFiles, memorySecret, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const families = Array.from({ length: 230 }, (_, n) =>
  Person.parse({
    uai,
    personId: `p_guard${String(n).padStart(4, '0')}`,
    door: 'guardian',
    familyName: n === 3 ? '=HYPERLINK("x")' : n === 4 ? 'ŞIMŞEK' : `NOM${n}`,
    givenName: 'Élise',
    sortKey: `nom ${n}`,
    civility: 'Mme',
  }),
);
const caller: Caller = {
  personId: 'p_office001',
  door: 'staff',
  issuedAt: '2026-09-15T06:00:00.000Z',
  card: AccessCard.parse({ personId: 'p_office001', door: 'staff' }),
};
const request = { query: {}, address: '192.0.2.1', cookies: {}, caller, idempotencyKey: 'one-click-on-the-button' };

function office(count = families.length) {
  const store = memoryStore(session);
  const ports = {
    ...basePorts(),
    session: store,
    accounts: memoryAccounts(),
    codesSecret: memorySecret('codes'),
    devicesSecret: memorySecret('devices'),
    lettersFiles: memoryFiles(),
    ask: askDouble(
      answered(school, () => School.parse({ uai, name: 'Collège Les Tilleuls', city: 'Montreval', schoolLifePhone: '02 61 91 04 12' })),
      answered(people, ({ personIds }) => families.slice(0, count).filter(({ personId }) => personIds.includes(personId))),
      answered(peopleAt, ({ cursor = '0', limit }) => {
        const next = Number(cursor) + limit;
        return { people: families.slice(Number(cursor), Math.min(next, count)), ...(next < count && { cursor: String(next) }) };
      }),
    ),
  } satisfies ApiPorts & LettersDuePorts;
  let seen = 0;
  /** What stream, relay and bus do: until nothing more is due. */
  const settle = async (deliver = onLettersDue) => {
    for (let changes = store.changes(); seen < changes.length; changes = store.changes()) {
      const change = changes[seen++];
      for (const event of change ? eventsOf(change) : []) await deliver(event as Parameters<typeof onLettersDue>[0], ports);
    }
  };
  const start = () => startLetters({ ...request, params: { uai }, body: { door: 'guardian' } }, ports);
  return { ports, store, settle, start };
}

describe('activation letters', () => {
  it('are written for everybody, a hundred at a time, and the same click twice is one job', async () => {
    const { ports, start, settle } = office();
    const { jobId, total } = await start();
    expect(total).toBe(230);
    expect((await start()).jobId).toBe(jobId);
    await settle();
    const job = await readLetters({ ...request, params: { uai, jobId }, body: undefined }, ports);
    expect(job).toMatchObject({ state: 'done', done: 230, total: 230 });
    const first = await lettersPdf({ ...request, query: { part: 0 }, params: { uai, jobId }, body: undefined }, ports);
    expect(
      Buffer.from(first.body as Uint8Array)
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(first.headers.link).toContain('part=1');
    await expect(lettersPdf({ ...request, query: { part: 3 }, params: { uai, jobId }, body: undefined }, ports)).rejects.toMatchObject({
      kind: 'missing',
    });
  }, 60_000);

  it('come with a list that a spreadsheet cannot be tricked by', async () => {
    const { ports, start, settle } = office(8);
    const { jobId } = await start();
    await settle();
    const csv = String((await lettersCsv({ ...request, params: { uai, jobId }, body: undefined }, ports)).body);
    expect(csv.trim().split('\r\n')).toHaveLength(9);
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv).not.toMatch(/(^|;|\n)"?[=+@]/);
  }, 60_000);

  it('are not written twice by an event that comes twice, and go on after one that died', async () => {
    const { ports, store, start, settle } = office(120);
    const { jobId } = await start();
    let deliveries = 0;
    await settle(async (event, given) => {
      if (++deliveries === 1)
        await expect(
          onLettersDue(event, { ...given, lettersFiles: { ...given.lettersFiles, write: () => Promise.reject(new Error('down')) } }),
        ).rejects.toThrow('down');
      await onLettersDue(event, given);
      await onLettersDue(event, given);
    });
    expect(await readLetters({ ...request, params: { uai, jobId }, body: undefined }, ports)).toMatchObject({ state: 'done', done: 120 });
    expect(store.items('credential')).toHaveLength(120);
    expect(ports.lettersFiles.files.size).toBe(4);
  }, 60_000);

  it('show who has a code, and that codes expire', async () => {
    const { ports, start, settle } = office(1);
    const list = async () =>
      (await listActivations({ ...request, query: { door: 'guardian' }, params: { uai }, body: undefined }, ports)).people[0]?.state;
    expect(await list()).toBe('none');
    await start();
    await settle();
    expect(await list()).toBe('code-issued');
    ports.clock.moveSystem(61 * 86_400_000);
    expect(await list()).toBe('code-expired');
  }, 60_000);
});
