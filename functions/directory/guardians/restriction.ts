import { childLinksOf } from '../../../shared/directory/entitled.ts';
import type { GuardianLink } from '../../../shared/directory/person.ts';
import { cardWrite, linkOn, schoolLinkOf } from '../../../shared/directory/plan.ts';
import { type LocalDate, local, missing, type PersonId, type Uai } from '../../../shared/kernel/index.ts';
import type { ApiPorts } from '../manifest.ts';

type Params = { readonly uai: Uai; readonly pupilId: PersonId; readonly guardianId: PersonId };

/**
 * Changes a tie's restriction, and in the same transaction the guardian's card: access is gone at the next request, and the stream tells
 * whoever holds unsent mail. The person's revision guards the card against an import that writes it at the same time.
 */
export async function changeRestriction(
  { uai, pupilId, guardianId }: Params,
  restrictionOf: (today: LocalDate) => GuardianLink['restriction'],
  { directory, clock }: Pick<ApiPorts, 'directory' | 'clock'>,
): Promise<void> {
  const [school, link, guardian] = await Promise.all([
    directory.get('school', { uai }),
    directory.get('link', { uai, pupilId, guardianId }),
    directory.get('person', { uai, personId: guardianId }),
  ]);
  if (!school || !link || !guardian) throw missing();
  const today = local(clock.civil(), school.timeZone).date;
  const { restriction: _, entity: __, ...kept } = link;
  const restriction = restrictionOf(today);
  const after: GuardianLink = { ...kept, ...(restriction && { restriction }), rev: link.rev + 1 };
  const card = await directory.get('card', { personId: guardian.accountId ?? guardianId });
  const children = [
    ...(linkOn(card, uai)?.children ?? []).filter((child) => child.pupilId !== pupilId),
    ...childLinksOf(after, today),
  ].sort((a, b) => (a.pupilId < b.pupilId ? -1 : 1));
  await directory.write(
    { put: 'link', item: after, when: { is: { rev: link.rev } } },
    { update: 'person', key: { uai, personId: guardianId }, set: { rev: guardian.rev + 1 }, when: { is: { rev: guardian.rev } } },
    cardWrite(guardian, [], today, { [`school:${uai}`]: { ...schoolLinkOf(guardian, [], today), children } }),
  );
}
