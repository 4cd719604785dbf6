import { entitled, isAdult } from '../../shared/directory/entitled.ts';
import type { GuardianLink } from '../../shared/directory/person.ts';
import type { guardiansToTell as question } from '../../shared/directory/questions.ts';
import { type AnswerTo, type AskedOf, missing } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

/** Queries at once: most askers want one pupil, a reconciliation sixty. */
const TOGETHER = 10;

const linksOf = async (
  { uai, pupilIds, guardianIds }: Pick<AskedOf<typeof question>, 'uai' | 'pupilIds' | 'guardianIds'>,
  { directory }: AnswersPorts,
): Promise<GuardianLink[]> => {
  if (guardianIds)
    return directory.getMany(
      'link',
      pupilIds.flatMap((pupilId) => guardianIds.map((guardianId) => ({ uai, pupilId, guardianId }))),
    );
  const links: GuardianLink[] = [];
  for (let from = 0; from < pupilIds.length; from += TOGETHER) {
    const some = pupilIds.slice(from, from + TOGETHER).map((pupilId) => directory.all('guardians', { uai, pupilId }));
    links.push(...(await Promise.all(some)).flat());
  }
  return links;
};

/** Everything is read here and now, consistently: right and address as they are at the moment of sending. */
export async function answerGuardiansToTell(
  { uai, pupilIds, guardianIds, on }: AskedOf<typeof question>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const { directory } = ports;
  const asked = [...new Set(pupilIds)];
  const people = (ids: readonly string[]) =>
    directory.getMany(
      'person',
      ids.map((personId) => ({ uai, personId })),
    );
  const [school, named, links] = await Promise.all([
    directory.get('school', { uai }),
    people([...asked, ...(guardianIds ?? [])]),
    linksOf({ uai, pupilIds: asked, guardianIds }, ports),
  ]);
  if (!school) throw missing();
  const guardians = guardianIds ? named : await people([...new Set(links.map(({ guardianId }) => guardianId))]);
  const personOf = new Map([...named, ...guardians].map((person) => [person.personId, person]));
  const here = asked
    .flatMap((pupilId) => personOf.get(pupilId) ?? [])
    .filter(({ door, departedOn }) => door === 'pupil' && (departedOn === undefined || on < departedOn));
  const rule = { tellsLevelTwo: school.settings.tellsLevelTwo, siecleKnown: school.sources.includes('siecle-guardians') };
  return here.map((pupil) => ({
    pupil: {
      pupilId: pupil.personId,
      familyName: pupil.familyName,
      givenName: pupil.givenName,
      sex: pupil.sex,
      regime: pupil.regime,
      classLabel: pupil.classLabel?.slice(0, 40),
      adult: isAdult(pupil.birthDate, on),
      email: pupil.email,
    },
    guardians: links.flatMap((link) => {
      const guardian = personOf.get(link.guardianId);
      if (link.pupilId !== pupil.personId || !guardian || !entitled({ link, guardian, pupil }, on, rule)) return [];
      const { personId, familyName, givenName, civility, email, phones, acceptsSms, language, accountId } = guardian;
      const { level, kinship, contactFirst, householdId } = link;
      return [
        {
          personId,
          familyName,
          givenName,
          civility,
          email,
          phones,
          acceptsSms,
          language,
          accountId,
          level,
          kinship,
          contactFirst,
          householdId,
        },
      ];
    }),
  }));
}
