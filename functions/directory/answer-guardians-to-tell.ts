import { entitled, isAdult } from '../../shared/directory/entitled.ts';
import type { GuardianLink } from '../../shared/directory/person.ts';
import type { guardiansToTell as question } from '../../shared/directory/questions.ts';
import { type AnswerTo, type AskedOf, missing } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

/** Queries at once: most askers want one pupil, a reconciliation sixty. */
const TOGETHER = 10;

/** Everything is read here and now, consistently: right and address as they are at the moment of sending. */
export async function answerGuardiansToTell(
  { uai, pupilIds, on }: AskedOf<typeof question>,
  { directory }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const [school, pupils] = await Promise.all([
    directory.get('school', { uai }),
    directory.getMany(
      'person',
      [...new Set(pupilIds)].map((personId) => ({ uai, personId })),
    ),
  ]);
  if (!school) throw missing();
  const here = pupils.filter(({ door, departedOn }) => door === 'pupil' && (departedOn === undefined || on < departedOn));
  const links: GuardianLink[][] = [];
  for (let from = 0; from < here.length; from += TOGETHER)
    links.push(
      ...(await Promise.all(
        here.slice(from, from + TOGETHER).map(({ personId }) => directory.all('guardians', { uai, pupilId: personId })),
      )),
    );
  const guardians = await directory.getMany(
    'person',
    [...new Set(links.flat().map(({ guardianId }) => guardianId))].map((personId) => ({ uai, personId })),
  );
  const personOf = new Map(guardians.map((guardian) => [guardian.personId, guardian]));
  const rule = { tellsLevelTwo: school.settings.tellsLevelTwo, siecleKnown: school.sources.includes('siecle-guardians') };
  return here.map((pupil, index) => ({
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
    guardians: (links[index] ?? []).flatMap((link) => {
      const guardian = personOf.get(link.guardianId);
      if (!guardian || !entitled({ link, guardian, pupil }, on, rule)) return [];
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
