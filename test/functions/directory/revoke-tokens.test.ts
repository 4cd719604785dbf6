import { expect, it } from 'vitest';
import { revokeTokens } from '../../../functions/directory/revoke-tokens.ts';
import { callerOf, scene } from './scene.ts';

it('writes the instant on the card and leaves its links alone', async () => {
  const school = await scene();
  const { personId } = school.person('Claire MARTIN');
  const before = (await callerOf(school, personId)).card;
  await revokeTokens({ personId, notBefore: '2026-09-15T08:00:00.000Z' }, school.ports);
  expect((await callerOf(school, personId)).card).toEqual({ ...before, tokensNotBefore: '2026-09-15T08:00:00.000Z' });
});

it('makes no card for who has none', async () => {
  const school = await scene();
  await expect(revokeTokens({ personId: 'p_unknown000', notBefore: '2026-09-15T08:00:00.000Z' }, school.ports)).rejects.toMatchObject({
    kind: 'conflict',
  });
  expect(await school.directory.get('card', { personId: 'p_unknown000' })).toBeUndefined();
});
