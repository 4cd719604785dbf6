import { ANSWER_LINK, AnswerLink } from '../../shared/attendance/answer.ts';
import type { School } from '../../shared/directory/school.ts';
import { Failure, type LocalDate, local, type Reply } from '../../shared/kernel/index.ts';
import { openLink } from '../runtime/signed-link.ts';
import { shutPage } from './answer-page.ts';
import { type Entitled, entitledToAnswer } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { type SchoolClock, schoolClock } from './school-clock.ts';

export interface OpenLink {
  readonly of: AnswerLink;
  readonly clock: SchoolClock<School>;
  readonly pupil: Entitled;
  /** The last day on which it opens, at the school. */
  readonly lastDay: LocalDate;
}

/**
 * A link a guardian may use now: signed by us, not expired (system clock), and its holder still entitled to be told of the
 * pupil. Else the page that says so, without a word about the pupil.
 */
export const openedLink = async (token: string, ports: ApiPorts): Promise<OpenLink | Reply<string>> => {
  const link = await openLink(ports.linksSecret, ANSWER_LINK, AnswerLink, token, ports.clock.system());
  if (link.state === 'unknown') return shutPage('unreadable', undefined);
  const { claims: of, expires } = link;
  const clock = await schoolClock(of.uai, ports).catch((error) => {
    if (error instanceof Failure && error.kind === 'missing') return undefined;
    throw error;
  });
  if (!clock) return shutPage('unreadable', undefined);
  if (link.state === 'expired' || of.date < clock.telling.openFrom) return shutPage('expired', undefined, clock.school);
  const pupil = await entitledToAnswer(of.uai, of.pupilId, of.guardianId, clock.today, ports);
  if (!pupil) return shutPage('closed', undefined, clock.school);
  return { of, clock, pupil, lastDay: local(new Date(expires.getTime() - 1), clock.school.timeZone).date };
};
