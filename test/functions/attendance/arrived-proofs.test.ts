import { describe, expect, it } from 'vitest';
import { withArrivedProofs } from '../../../functions/attendance/arrived-proofs.ts';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { listAnswers } from '../../../functions/attendance/list-answers.ts';
import { readBoard } from '../../../functions/attendance/read-board.ts';
import { readProof } from '../../../functions/attendance/read-proof.ts';
import { schoolClock } from '../../../functions/attendance/school-clock.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import { aLink } from './a-link.ts';
import { brun, dad, LEA, mum, request, TODAY, UAI } from './a-school.ts';

const params = { uai: UAI, date: TODAY };

/** Both of Léa's guardians answered from home and were told where to post a proof. */
const awaitedProofs = async () => {
  const link = await aLink();
  const body = { episodeId: link.episodeId, reason: 'illness' as const, withProof: true };
  const posts: { answerId: string; key: string }[] = [];
  for (const caller of [mum, dad]) {
    const { answerId, upload } = await justifyAbsence({ params: { ...params, pupilId: LEA }, caller, ...request(body) }, link.ports);
    posts.push({ answerId, key: upload?.fields.key ?? '' });
  }
  link.store.forget();
  const [first, second] = posts as [(typeof posts)[0], (typeof posts)[0]];
  const post = ({ key }: { key: string }) => link.proofsFiles.write(key, '%PDF-1.7 %%EOF', 'application/octet-stream');
  const listed = async () =>
    new Map(
      (await listAnswers({ params, caller: brun, ...request(undefined) }, link.ports)).answers.map(({ answerId, proof }) => [
        answerId,
        proof,
      ]),
    );
  return { ...link, first, second, post, listed };
};

describe('a proof posted from home', () => {
  it('is awaited until it is there, received from then on, each by itself', async () => {
    const { first, second, post, listed } = await awaitedProofs();
    expect([...(await listed()).values()]).toEqual(['awaited', 'awaited']);
    await post(first);
    const one = await listed();
    expect([one.get(first.answerId), one.get(second.answerId)]).toEqual(['received', 'awaited']);
    await post(second);
    expect([...(await listed()).values()]).toEqual(['received', 'received']);
  });

  it('is noted once, with one revision for all that came, and tells nobody anything', async () => {
    const { first, second, post, listed, store, day } = await awaitedProofs();
    await listed();
    expect(store.changes()).toEqual([]);
    const revision = day()?.revision ?? 0;
    await post(first);
    await post(second);
    await listed();
    await listed();
    expect(store.changes()).toHaveLength(1);
    expect(store.changes().flatMap(eventsOf)).toEqual([]);
    expect(day()).toMatchObject({ revision: revision + 1, answers: [{ proof: 'received' }, { proof: 'received' }] });
  });

  it('is shown on the board too', async () => {
    const { first, post, ports } = await awaitedProofs();
    await post(first);
    const { absentees } = await readBoard({ params, caller: brun, ...request(undefined) }, ports);
    expect(absentees[0]?.answers.map(({ proof }) => proof)).toEqual(['received', 'awaited']);
  });

  it('is received once somebody read it', async () => {
    const { first, post, ports, day } = await awaitedProofs();
    await post(first);
    const of = { ...params, pupilId: LEA, answerId: first.answerId };
    await readProof({ params: of, caller: brun, ...request(undefined), query: { part: 0 } }, ports);
    expect(day()?.answers[0]).toMatchObject({ proof: 'received' });
  });

  it('asks the bucket for those awaited alone', async () => {
    const { first, post, listed, proofsFiles, day, ports } = await awaitedProofs();
    await post(first);
    await listed();
    const asked: string[] = [];
    const files = Object.assign(Object.create(proofsFiles), {
      size: async (key: string) => {
        asked.push(key);
        return proofsFiles.size(key);
      },
    }) as typeof proofsFiles;
    const stored = day();
    await withArrivedProofs(stored ? [stored] : [], () => schoolClock(UAI, ports), { ...ports, proofsFiles: files });
    expect(asked).toHaveLength(1);
    expect(asked).not.toContain(first.key);
  });

  it('is told truly even if the day moves at the same moment, and noted by the next reading', async () => {
    const { first, post, listed, day, ports } = await awaitedProofs();
    await post(first);
    const stale = day();
    if (!stale) throw new Error('there is a day');
    await listed();
    const [told] = await withArrivedProofs([stale], () => schoolClock(UAI, ports), ports);
    expect(told?.answers[0]).toMatchObject({ proof: 'received' });
    expect(day()?.revision).toBe(stale.revision + 1);
  });
});
