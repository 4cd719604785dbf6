import { peopleAt } from '../../shared/directory/questions.ts';
import { type AnswerOf, Failure, type Input, instant } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { progressOf } from './letters-job.ts';
import type { ApiPorts } from './manifest.ts';

/** Seconds the codes stay on our side after they were printed. */
const KEPT = 7 * 86_400;

/** The same key is the same job; its chunks are driven by its own changes (`session.letters-due`). */
export async function startLetters(
  { params: { uai }, body, caller, idempotencyKey }: Input<typeof routes.startLetters>,
  { session, ask, ids, clock }: ApiPorts,
): Promise<AnswerOf<typeof routes.startLetters>> {
  const jobId = ids.natural('j', uai, caller.personId, idempotencyKey);
  const held = await session.get('letters', { uai, jobId });
  if (held) return progressOf(held);
  let total = body.personIds?.length ?? 0;
  let cursor: string | undefined;
  if (!body.personIds)
    do {
      const page: { people: unknown[]; cursor?: string | undefined } = await ask(peopleAt, {
        uai,
        door: body.door,
        limit: 200,
        ...(body.groupId !== undefined && { groupId: body.groupId }),
        ...(cursor !== undefined && { cursor }),
      });
      total += page.people.length;
      cursor = page.cursor;
    } while (cursor !== undefined);
  if (total === 0) throw new Failure('refused', 'session.nobody-to-write-to');
  const now = clock.system();
  const job = {
    uai,
    jobId,
    door: body.door,
    ...(body.groupId !== undefined && { groupId: body.groupId }),
    ...(body.personIds && { personIds: body.personIds }),
    state: 'running' as const,
    done: 0,
    total,
    parts: 0,
    startedBy: caller.personId,
    startedAt: instant(now),
    revision: 1,
    expires: Math.floor(now.getTime() / 1000) + KEPT,
  };
  await session.write({ put: 'letters', item: job, when: { absent: true } });
  return progressOf(job);
}
