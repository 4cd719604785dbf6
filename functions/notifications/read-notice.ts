import { type AnswerOf, type Input, instant, missing } from '../../shared/kernel/index.ts';
import { when } from '../../shared/notifications/delivery.ts';
import { deliveryId } from '../../shared/notifications/keys.ts';
import type { readNotice as route } from '../../shared/notifications/routes.ts';
import { isConflict } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

export async function readNotice(
  { params: { uai, date, noticeId }, caller }: Pick<Input<typeof route>, 'params' | 'caller'>,
  { notifications, clock, ids }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const personId = caller.card.schools[uai]?.personId;
  const key = personId === undefined ? undefined : { uai, personId, date, noticeId };
  const notice = key && (await notifications.get('notice', key));
  if (!(key && notice)) throw missing();
  if (notice.readAt !== undefined) return { noticeId, readAt: notice.readAt };
  const readAt = instant(clock.civil());
  await notifications.write({ update: 'notice', key, set: { readAt }, when: { present: true } });
  // Opened is the proof that a notification was seen: the row says so to whoever would send the mail.
  const push = deliveryId({ ...notice, guardianId: key.personId, channel: 'push' }, ids);
  try {
    await notifications.write({
      update: 'delivery',
      key: { uai, date, deliveryId: push },
      set: { state: 'delivered', wakeAt: undefined, leaseUntil: undefined },
      when: when('read'),
    });
  } catch (error) {
    // There was no notification, or the mail went first.
    if (!isConflict(error)) throw error;
  }
  return { noticeId, readAt };
}
