import type { AccessCard, SchoolLink } from '../../shared/kernel/access-card.ts';
import { names } from '../../shared/kernel/names.ts';
import { recordAt } from './dynamo.ts';
import { environment } from './env.ts';

const SCHOOL = 'school:';

/**
 * A card from its record in directory's table: each school's link is an attribute of its own, so that one school's
 * import sets its link without reading the others'. What directory wrote is believed; defaults are filled in.
 */
export const toCard = (personId: string, record: Readonly<Record<string, unknown>>): AccessCard => {
  const { door, language, oversees, tokensNotBefore, frozen } = record as Partial<AccessCard>;
  if (door === undefined) throw new TypeError('a card without a door');
  const schools: Record<string, SchoolLink> = {};
  for (const name in record) {
    if (name.startsWith(SCHOOL))
      schools[name.slice(SCHOOL.length)] = { groups: [], duties: [], children: [], ...(record[name] as Pick<SchoolLink, 'personId'>) };
  }
  return {
    personId,
    door,
    language: language ?? 'fr',
    schools,
    oversees: oversees ?? [],
    frozen: frozen ?? false,
    ...(tokensNotBefore !== undefined && { tokensNotBefore }),
  };
};

export type ReadCard = (personId: string) => Promise<AccessCard | undefined>;

/** One consistent read: a right taken away is gone at the next request. */
export const readCard: ReadCard = async (personId) => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  const record = await recordAt(names(PREAU_STAGE, PREAU_ACCOUNT).table('directory'), { pk: personId, sk: 'card' });
  return record && toCard(personId, record);
};
