import type { me as route } from '../../shared/directory/routes.ts';
import { type AnswerOf, type Input, inFrench, instant, isOpen, local } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

const COLOURS = 6;

/** All the shell of a home: three batches of gets at most, whatever the number of schools and children. */
export async function me({ caller }: Input<typeof route>, { directory, clock }: ApiPorts): Promise<AnswerOf<typeof route>> {
  const { card, door, personId } = caller;
  const now = clock.civil();
  // A day at the office decides which links are open; each school's own day is in its line.
  const { date } = local(now, 'Europe/Paris');
  const links = Object.entries(card.schools)
    .filter(([, link]) => isOpen(link, date))
    .map(([uai, link]) => ({ uai, ...link }));
  const children = links.flatMap(({ uai, children }) =>
    door === 'guardian' ? children.filter((child) => child.level < 3 && isOpen(child, date)).map((child) => ({ uai, ...child })) : [],
  );
  const uais = door === 'authority' ? card.oversees : links.map(({ uai }) => uai);
  const own = links.map(({ uai, personId }) => ({ uai, personId }));
  const ownGroups = door === 'pupil' ? links.flatMap(({ uai, groups }) => groups.map((groupId) => ({ uai, groupId }))) : [];
  const [schools, people, groups] = await Promise.all([
    directory.getMany(
      'school',
      uais.map((uai) => ({ uai })),
    ),
    directory.getMany('person', [...own, ...children.map(({ uai, pupilId }) => ({ uai, personId: pupilId }))]),
    directory.getMany('group', ownGroups),
  ]);
  const personOf = new Map(people.map((person) => [`${person.uai} ${person.personId}`, person]));
  const self = own.map(({ uai, personId }) => personOf.get(`${uai} ${personId}`)).find((person) => person !== undefined);
  const byBirth = children
    .flatMap(({ uai, pupilId, level }) => {
      const pupil = personOf.get(`${uai} ${pupilId}`);
      return pupil && pupil.departedOn === undefined ? [{ pupil, level }] : [];
    })
    .sort(({ pupil: a }, { pupil: b }) => `${a.birthDate ?? '~'} ${a.sortKey}`.localeCompare(`${b.birthDate ?? '~'} ${b.sortKey}`));
  return {
    personId,
    door,
    familyName: self?.familyName ?? '?',
    givenName: self?.givenName ?? '',
    language: card.language,
    now: instant(now),
    schools: schools
      .sort((a, b) => inFrench(a.name, b.name))
      .map(({ uai, name, city, timeZone, schoolLifeEmail, schoolLifePhone }) => ({
        uai,
        name,
        ...(city !== undefined && { city }),
        ...(schoolLifeEmail !== undefined && { schoolLifeEmail }),
        ...(schoolLifePhone !== undefined && { schoolLifePhone }),
        timeZone,
        personId: card.schools[uai]?.personId ?? personId,
        duties: card.schools[uai]?.duties ?? [],
        today: local(now, timeZone).date,
      })),
    groups: [
      ...own.flatMap(({ uai, personId }) =>
        (personOf.get(`${uai} ${personId}`)?.taught ?? []).map(({ groupId, kind, label }) => ({ uai, groupId, kind, label })),
      ),
      ...groups.map(({ uai, groupId, kind, label }) => ({ uai, groupId, kind, label })),
    ],
    children: byBirth.map(({ pupil, level }, index) => ({
      uai: pupil.uai,
      pupilId: pupil.personId,
      familyName: pupil.familyName,
      givenName: pupil.givenName,
      sex: pupil.sex,
      classLabel: pupil.classLabel,
      level,
      colour: (index % COLOURS) + 1,
    })),
  };
}
