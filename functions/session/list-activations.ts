import { peopleAt } from '../../shared/directory/questions.ts';
import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function listActivations(
  { params: { uai }, query: { door, groupId, cursor } }: Input<typeof routes.listActivations>,
  { ask, session, clock }: ApiPorts,
): Promise<AnswerOf<typeof routes.listActivations>> {
  const page = await ask(peopleAt, {
    uai,
    door,
    limit: 100,
    ...(groupId !== undefined && { groupId }),
    ...(cursor !== undefined && { cursor }),
  });
  const credentials = await session.getMany(
    'credential',
    page.people.map(({ personId }) => ({ uai, personId })),
  );
  const byPerson = new Map(credentials.map((credential) => [credential.personId, credential]));
  const now = instant(clock.system());
  return {
    people: page.people.map(({ personId, familyName, givenName }) => {
      const held = byPerson.get(personId);
      const { login, codeExpiresAt, activatedAt } = held ?? {};
      const state = activatedAt ? 'activated' : !held?.codeHash ? 'none' : (codeExpiresAt ?? '') > now ? 'code-issued' : 'code-expired';
      return { personId, familyName, givenName, login, codeExpiresAt, activatedAt, state } as const;
    }),
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  };
}
