import { type AnswerOf, type Caller, type Input, isOpen, type LocalDate } from '../../shared/kernel/index.ts';
import type { listNotices as route } from '../../shared/notifications/routes.ts';
import { officeDay } from '../runtime/office-day.ts';
import type { ApiPorts } from './manifest.ts';

/** At each school: older ones are in the child's own pages. */
const LATEST = 50;

/** The right is read again with every look: who may no longer be told of a child no longer finds what they were told. */
const mayKnow = ({ card, door }: Caller, uai: string, pupilId: string, on: LocalDate): boolean => {
  const link = card.schools[uai];
  if (!link || !isOpen(link, on)) return false;
  if (door === 'pupil') return link.personId === pupilId;
  return link.children.some((child) => child.pupilId === pupilId && child.level < 3 && isOpen(child, on));
};

export async function listNotices(
  { caller }: Pick<Input<typeof route>, 'caller'>,
  { notifications, clock }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const on = officeDay(clock.civil());
  const found = await Promise.all(
    Object.entries(caller.card.schools).map(async ([uai, { personId }]) => {
      const { items } = await notifications.query('notices', { uai, personId }, { limit: LATEST, newestFirst: true });
      return items.filter(({ pupilId }) => mayKnow(caller, uai, pupilId, on));
    }),
  );
  return {
    notices: found
      .flat()
      .map(({ uai, date, noticeId, pupilId, episodeId, kind, minute, at, readAt }) => ({
        ...{ uai, date, noticeId, pupilId, episodeId, kind, minute, at, readAt },
      }))
      .sort((a, b) => b.at.localeCompare(a.at)),
  };
}
