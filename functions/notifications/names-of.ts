import { people } from '../../shared/directory/questions.ts';
import type { ApiPorts } from './manifest.ts';

/** Most that one question takes. */
const PEOPLE = 200;

export const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

/** Names are asked for, not kept: by person, without those who are gone. */
export const namesOf = async (uai: string, personIds: Iterable<string>, { ask }: Pick<ApiPorts, 'ask'>) => {
  const found = await Promise.all(inParts([...new Set(personIds)], PEOPLE).map((some) => ask(people, { uai, personIds: some })));
  return new Map(found.flat().map(({ personId, familyName, givenName }) => [personId, { familyName, givenName }] as const));
};
