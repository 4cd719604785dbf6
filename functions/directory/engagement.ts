import type { listEngagements } from '../../shared/directory/engagement-routes.ts';
import type { PersonItem } from '../../shared/directory/table.ts';
import { type AnswerOf, Failure, type LocalDate } from '../../shared/kernel/index.ts';

type Engagement = AnswerOf<typeof listEngagements>['engagements'][number];

/** A person's engagement as direction sees it; nothing of someone who is there for good. */
export function engagementOf(
  { personId, door, familyName, givenName, civility, duties, until, activatedAt }: PersonItem,
  today: LocalDate,
): Engagement | undefined {
  if (until === undefined || (door !== 'teacher' && door !== 'staff')) return undefined;
  return {
    personId,
    door,
    familyName,
    givenName,
    ...(civility !== undefined && { civility }),
    duties,
    until,
    ended: until < today,
    activated: activatedAt !== undefined,
  };
}

/** Nobody is given an engagement that is over, nor a member of staff one without a duty. */
export function checkEngagement(door: PersonItem['door'], duties: PersonItem['duties'], until: LocalDate | null, today: LocalDate): void {
  if (until !== null && until < today) throw new Failure('refused', 'directory.engagement-over');
  if (door === 'staff' && duties.length === 0) throw new Failure('refused', 'directory.duty-missing');
}
