import { fold } from '../../shared/directory/name-folding.ts';
import type { searchPeople as route } from '../../shared/directory/routes.ts';
import type { PersonItem } from '../../shared/directory/table.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

const line = ({ personId, door, familyName, givenName, sex, duties, classLabel, activatedAt }: PersonItem) => ({
  personId,
  door,
  familyName,
  givenName,
  sex,
  duties,
  classLabel,
  activated: activatedAt !== undefined,
});

export async function searchPeople(
  { params: { uai }, query: { door, name, groupId, cursor, limit }, caller }: Input<typeof route>,
  { directory }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  // A teacher looks for a pupil to add to a roll call, and for nobody else.
  if (caller.door === 'teacher' && door !== 'pupil') throw new Failure('forbidden', 'request.forbidden');
  const prefix = fold(name);
  if (groupId !== undefined) {
    const roster = await directory.get('roster', { uai, groupId });
    const ids = [...new Set(roster?.pupils.map(({ pupilId }) => pupilId))];
    const pupils = await directory.getMany(
      'person',
      ids.map((personId) => ({ uai, personId })),
    );
    return {
      people: pupils
        .filter(({ departedOn, sortKey }) => departedOn === undefined && sortKey.startsWith(prefix))
        .sort((a, b) => a.sortKey.localeCompare(b.sortKey))
        .slice(0, limit)
        .map(line),
    };
  }
  const options = { limit, ...(cursor !== undefined && { cursor }) };
  const page =
    prefix === ''
      ? await directory.query('everybody', { uai, door }, options)
      : await directory.query('people', { uai, door, prefix }, options);
  return { people: page.items.map(line), ...(page.cursor !== undefined && { cursor: page.cursor }) };
}
