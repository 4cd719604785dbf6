import { guardiansToTell, school } from '../../shared/directory/questions.ts';
import { type AnswerOf, type Input, instant, missing } from '../../shared/kernel/index.ts';
import { addressKey } from '../../shared/notifications/keys.ts';
import { isOutOfReach } from '../../shared/notifications/out-of-reach.ts';
import type { listOutOfReach as route } from '../../shared/notifications/reach-routes.ts';
import { recipientsOf } from '../../shared/notifications/recipient.ts';
import { today } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';
import { inParts } from './names-of.ts';

/** Most that one question takes. */
const PUPILS = 60;

type Household = AnswerOf<typeof route>['households'][number];

/**
 * What is noted says who failed; who belongs to the household, may be told and has which address is asked for now: a corrected address, an
 * ended tie or text messages switched on take a household off the list by themselves.
 */
export async function listOutOfReach(
  { params: { uai } }: Pick<Input<typeof route>, 'params'>,
  { notifications, ask, clock, ids }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const [found, noted, visited] = await Promise.all([
    ask(school, { uai }),
    notifications.all('outOfReach', { uai }),
    notifications.get('school', { uai }),
  ]);
  if (!found) throw missing();
  const on = today(found, { clock });
  const pupilIds = [...new Set(noted.map(({ pupilId }) => pupilId))];
  const told = (await Promise.all(inParts(pupilIds, PUPILS).map((some) => ask(guardiansToTell, { uai, pupilIds: some, on })))).flat();
  const notes = new Map(noted.map((note) => [note.guardianId, note]));
  const keyOf = (address: string) => addressKey(uai, address, ids);
  const households = new Map<string, Household>();
  for (const one of told) {
    const { pupilId, familyName, givenName, classLabel } = one.pupil;
    const pupil = { pupilId, familyName, givenName, ...(classLabel !== undefined && { classLabel }) };
    for (const [householdId, people] of Map.groupBy(recipientsOf(one), (person) => person.householdId)) {
      const known = households.get(householdId);
      if (known) {
        known.pupils.push(pupil);
        continue;
      }
      if (!people.every((person) => isOutOfReach(notes.get(person.personId), person, visited ?? {}, keyOf))) continue;
      const since = people.flatMap(({ personId }) => notes.get(personId)?.since ?? []).sort();
      const last = since.at(-1);
      // The household of the other parent, of whom nothing is known yet.
      if (last === undefined) continue;
      households.set(householdId, {
        householdId,
        since: last,
        pupils: [pupil],
        people: people.map((person) => {
          const note = notes.get(person.personId);
          return {
            ...{ guardianId: person.personId, familyName: person.familyName, givenName: person.givenName },
            reason: person.email === undefined ? ('no-address' as const) : (note?.reason ?? 'bounced'),
            times: note?.times ?? 0,
            ...(person.email !== undefined && { email: person.email }),
            phones: one.guardians.find(({ personId }) => personId === person.personId)?.phones ?? [],
          };
        }),
      });
    }
  }
  return {
    now: instant(clock.civil()),
    timeZone: found.timeZone,
    households: [...households.values()].sort((a, b) => a.since.localeCompare(b.since) || a.householdId.localeCompare(b.householdId)),
  };
}
