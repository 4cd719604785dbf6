import { linkOn, updateCard } from '../../shared/directory/plan.ts';
import type { recordActivation as question } from '../../shared/directory/questions.ts';
import type { directory as table } from '../../shared/directory/table.ts';
import { type AnswerTo, type AskedOf, Failure, missing, type Write } from '../../shared/kernel/index.ts';
import type { AnswersPorts } from './manifest.ts';

const COUNTER = { pupil: 'activatedPupil', guardian: 'activatedGuardian', teacher: 'activatedTeacher', staff: 'activatedStaff' } as const;

/** A record opened by an earlier account: its school's link moves onto that account's card, in one transaction with the record. */
export async function recordActivation(
  { uai, personId, accountId, at, email }: AskedOf<typeof question>,
  { directory }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const [person, card, account] = await Promise.all([
    directory.get('person', { uai, personId }),
    directory.get('card', { personId }),
    accountId === personId ? undefined : directory.get('card', { personId: accountId }),
  ]);
  if (!person || person.departedOn !== undefined) throw missing();
  const { door } = person;
  if (person.accountId !== undefined && person.accountId !== accountId) throw new Failure('conflict', 'directory.already-activated');
  const writes: Write<typeof table, 'put' | 'update'>[] = [];
  if (accountId !== personId && person.accountId !== accountId) {
    if (account?.door !== door) throw new Failure('refused', 'directory.other-door');
    const held = linkOn(account, uai);
    if (held && held.personId !== personId) throw new Failure('conflict', 'directory.already-at-school');
    writes.push(
      updateCard(accountId, { [`school:${uai}`]: linkOn(card, uai) }, { present: true }),
      updateCard(personId, { [`school:${uai}`]: undefined }),
    );
  }
  await directory.write(
    {
      update: 'person',
      key: { uai, personId },
      set: {
        accountId,
        activatedAt: person.activatedAt ?? at,
        ...(email !== undefined && { email, ownEmail: true }),
        rev: person.rev + 1,
      },
      when: { is: { rev: person.rev } },
    },
    ...writes,
    ...(person.activatedAt === undefined && door !== 'authority'
      ? [{ update: 'figures' as const, key: { uai }, set: {}, add: { [COUNTER[door]]: 1 } }]
      : []),
  );
  return { door };
}
