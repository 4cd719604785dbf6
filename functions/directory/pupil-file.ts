import { entitled, isAdult } from '../../shared/directory/entitled.ts';
import type { pupilFile as route } from '../../shared/directory/routes.ts';
import { type AnswerOf, addDays, type Input, inFrench, local, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

/** Ended ties stay in the file for a month, so that a family's « perd l’accès » can be explained. */
const SHOWN_AFTER_END = 30;

export async function pupilFile(
  { params: { uai, pupilId } }: Input<typeof route>,
  { directory, clock }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const family = await directory.all('family', { uai, pupilId });
  const pupil = family.find((record) => record.entity === 'person');
  const links = family.filter((record) => record.entity === 'link');
  if (pupil?.door !== 'pupil' || pupil.departedOn !== undefined) throw missing();
  const found = await directory.read(
    { get: 'school', key: { uai } },
    ...links.map(({ guardianId }) => ({ get: 'person' as const, key: { uai, personId: guardianId } })),
  );
  const school = found.find((record) => record.entity === 'school');
  if (!school) throw missing();
  const today = local(clock.civil(), school.timeZone).date;
  const shown = links.filter(({ until }) => until === undefined || until >= addDays(today, -SHOWN_AFTER_END));
  const guardians = found.filter((record) => record.entity === 'person');
  const personOf = new Map(guardians.map((guardian) => [guardian.personId, guardian]));
  const rule = { tellsLevelTwo: school.settings.tellsLevelTwo, siecleKnown: school.sources.includes('siecle-guardians') };
  const { familyName, givenName, sex, birthDate, email, phones, regime, classLabel, refusesParents, groups } = pupil;
  return {
    pupil: {
      personId: pupilId,
      familyName,
      givenName,
      sex,
      birthDate,
      email,
      phones,
      regime,
      classLabel,
      adult: isAdult(birthDate, today),
      refusesParents,
      groups,
    },
    guardians: shown
      .flatMap((link) => {
        const guardian = personOf.get(link.guardianId);
        if (!guardian) return [];
        const { personId, familyName, givenName, civility, email, phones, acceptsSms, activatedAt } = guardian;
        const { level, kinship, contactFirst, householdId, from, until, restriction } = link;
        return [
          {
            personId,
            familyName,
            givenName,
            civility,
            email,
            phones,
            acceptsSms,
            level,
            kinship,
            contactFirst,
            householdId,
            from,
            until,
            ...(restriction && { restriction: { from: restriction.from, until: restriction.until } }),
            activated: activatedAt !== undefined,
            told: entitled({ link, guardian, pupil }, today, rule),
          },
        ];
      })
      .sort((a, b) => a.level - b.level || Number(b.contactFirst) - Number(a.contactFirst) || inFrench(a.familyName, b.familyName)),
  };
}
