import type { Answered } from '#lib/api/client.ts';
import { dateAt, dayOf } from '#lib/format/format.ts';
import * as m from '#messages';
import type { listOutOfReach } from '#shared/notifications/reach-routes.ts';

export type Listed = Answered<typeof listOutOfReach>;
export type Household = Listed['households'][number];
type Person = Household['people'][number];

export const sinceOf = ({ since }: Pick<Household, 'since'>, timeZone: string): string => dayOf(dateAt(since, timeZone));

/** « claire@exemple.fr a refusé 3 messages. » */
export function whyOf({ reason, times, email }: Pick<Person, 'reason' | 'times' | 'email'>): string {
  if (reason === 'no-address' || email === undefined) return m.out_of_reach_no_address();
  if (reason === 'complaint') return m.out_of_reach_complaint({ email });
  if (reason === 'refused') return m.out_of_reach_refused({ email });
  return times > 1 ? m.out_of_reach_bounced({ email, times }) : m.out_of_reach_bounced_one({ email });
}

/** A voice reaches where there is a number; a letter everywhere. */
export const remedyOf = ({ people }: Pick<Household, 'people'>): string =>
  people.some(({ phones }) => phones.length > 0) ? m.out_of_reach_call() : m.out_of_reach_write();

/** The households of these people: parents who live apart have two. */
export const ofPeople = ({ households }: Pick<Listed, 'households'>, personIds: readonly string[]): Household[] =>
  households.filter(({ people }) => people.some(({ guardianId }) => personIds.includes(guardianId)));
