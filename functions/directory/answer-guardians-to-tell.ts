import { entitled, isAdult } from '../../shared/directory/entitled.ts';
import type { guardiansToTell as question } from '../../shared/directory/questions.ts';
import type { directory as table } from '../../shared/directory/table.ts';
import { type AnswerTo, type AskedOf, missing, type Stored } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

/** Queries at once: most askers want one pupil, a reconciliation sixty. */
const TOGETHER = 10;

type Asked = Pick<AskedOf<typeof question>, 'uai' | 'pupilIds' | 'guardianIds'>;
type Records = (Stored<typeof table, 'person'> | Stored<typeof table, 'link'> | Stored<typeof table, 'school'>)[];

/** The school, the pupils, their ties and the guardians: in one request when it is known of whom, else each pupil with their ties before. */
const recordsOf = async ({ uai, pupilIds, guardianIds }: Asked, { directory }: AnswersPorts): Promise<Records> => {
  const school = { get: 'school', key: { uai } } as const;
  const person = (personId: string) => ({ get: 'person', key: { uai, personId } }) as const;
  if (guardianIds)
    return directory.read(
      school,
      ...[...pupilIds, ...guardianIds].map(person),
      ...pupilIds.flatMap((pupilId) => guardianIds.map((guardianId) => ({ get: 'link', key: { uai, pupilId, guardianId } }) as const)),
    );
  const families: Records = [];
  for (let from = 0; from < pupilIds.length; from += TOGETHER) {
    const some = pupilIds.slice(from, from + TOGETHER).map((pupilId) => directory.all('family', { uai, pupilId }));
    families.push(...(await Promise.all(some)).flat());
  }
  const ids = families.flatMap((record) => (record.entity === 'link' ? record.guardianId : []));
  return [...families, ...(await directory.read(school, ...[...new Set(ids)].map(person)))];
};

/** Everything is read here and now, consistently: right and address as they are at the moment of sending. */
export async function answerGuardiansToTell(
  { uai, pupilIds, guardianIds, on }: AskedOf<typeof question>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const asked = [...new Set(pupilIds)];
  const records = await recordsOf({ uai, pupilIds: asked, guardianIds }, ports);
  const school = records.find((record) => record.entity === 'school');
  if (!school) throw missing();
  const links = records.filter((record) => record.entity === 'link');
  const personOf = new Map(records.flatMap((record) => (record.entity === 'person' ? [[record.personId, record] as const] : [])));
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
      accountId: pupil.accountId,
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
