import type { Person } from '../../shared/directory/person.ts';
import { linkOn } from '../../shared/directory/plan.ts';
import type { peopleAt as question } from '../../shared/directory/questions.ts';
import { type AnswerTo, type AskedOf, isOpen, local } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

/** Queries at once for the guardians of a group. */
const TOGETHER = 10;

/**
 * Who has, or may open, an account. A guardian without one needs a pupil that they may see: whoever is no more than a contact (level 3),
 * or is kept away from every pupil, is sent no code.
 */
async function withAccess(people: readonly Person[], { directory }: Pick<AnswersPorts, 'directory'>): Promise<Person[]> {
  const asked = people.filter(({ door, accountId }) => door === 'guardian' && accountId === undefined);
  const cards = await directory.getMany(
    'card',
    asked.map(({ personId }) => ({ personId })),
  );
  const cardOf = new Map(cards.map((card) => [card.personId, card]));
  return people.filter(
    (person) => !asked.includes(person) || linkOn(cardOf.get(person.personId), person.uai)?.children.some(({ level }) => level < 3),
  );
}

export async function answerPeopleAt(
  { uai, door, groupId, cursor, limit }: AskedOf<typeof question>,
  { directory, clock }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  if (groupId === undefined) {
    const page = await directory.query('everybody', { uai, door }, { limit, ...(cursor !== undefined && { cursor }) });
    return { people: await withAccess(page.items, { directory }), ...(page.cursor !== undefined && { cursor: page.cursor }) };
  }
  const [school, roster] = await Promise.all([directory.get('school', { uai }), directory.get('roster', { uai, groupId })]);
  const today = local(clock.civil(), school?.timeZone ?? 'Europe/Paris').date;
  const pupilIds = [...new Set(roster?.pupils.filter((line) => isOpen(line, today)).map(({ pupilId }) => pupilId))];
  let ids = pupilIds;
  if (door === 'guardian') {
    ids = [];
    for (let from = 0; from < pupilIds.length; from += TOGETHER)
      ids.push(
        ...(await Promise.all(pupilIds.slice(from, from + TOGETHER).map((pupilId) => directory.all('guardians', { uai, pupilId }))))
          .flat()
          .filter((link) => isOpen(link, today))
          .map(({ guardianId }) => guardianId),
      );
  } else if (door !== 'pupil') return { people: [] };
  const people = await directory.getMany(
    'person',
    [...new Set(ids)].map((personId) => ({ uai, personId })),
  );
  const here = people.filter(({ departedOn }) => departedOn === undefined).sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  return { people: await withAccess(here, { directory }) };
}
