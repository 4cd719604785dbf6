import { call } from '#lib/api/index.ts';
import { listActivations } from '#shared/session/routes.ts';
import type { Activation, LettersDoor } from './activations.ts';

/** Everybody of a door or of a class: shares and letters are about all of them, so that all pages are read. */
export async function readActivations(
  { uai, door, groupId }: { readonly uai: string; readonly door: LettersDoor; readonly groupId?: string | undefined },
  signal: AbortSignal,
): Promise<Activation[]> {
  const people: Activation[] = [];
  let cursor: string | undefined;
  do {
    const page: { people: Activation[]; cursor?: string | undefined } = await call(listActivations, 'staff', {
      params: { uai },
      query: { door, ...(groupId !== undefined && { groupId }), ...(cursor !== undefined && { cursor }) },
      signal,
    });
    people.push(...page.people);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return people;
}
