import type { Condition } from '../../shared/kernel/index.ts';
import { type Delivery, when } from '../../shared/notifications/delivery.ts';
import { fromDigestTag } from '../../shared/notifications/digest.ts';
import { episodeKeyOf, fromTag } from '../../shared/notifications/keys.ts';
import { type Feedback, feedback } from '../runtime/feedback.ts';
import { hearOfDigest } from './hear-of-digest.ts';
import { handOver, isConflict } from './ledger.ts';
import manifest, { type MailFeedbackPorts } from './manifest.ts';

/** The rows that a mail settled: by the tag it was sent with, else by its id. Feedback may be here before our own commit, when only the tag knows. */
const rowsOf = async (said: Feedback, { notifications }: MailFeedbackPorts): Promise<Delivery[] | undefined> => {
  if (said.row === undefined) {
    const rows = await notifications.all('message', { messageId: said.messageId });
    return rows.length > 0 ? rows : undefined;
  }
  const key = fromTag(said.row);
  if (!key) return [];
  const found = await notifications.all('episode', { uai: key.uai, date: key.date, episodeKey: episodeKeyOf(key.deliveryId) });
  const rows = found.filter((item) => item.entity === 'delivery');
  const tagged = rows.find(({ deliveryId }) => deliveryId === key.deliveryId);
  if (!tagged) return [];
  const together = (one: Delivery) =>
    one.messageId === said.messageId || (one.messageId === undefined && tagged.fence !== undefined && one.fence === tagged.fence);
  return rows.filter((one) => one === tagged || together(one));
};

/**
 * SES's last word on a mail, in any order and as often as it likes: each transition lists the states it may start from, and a graver word
 * is never taken back. What came to nobody goes to the call list.
 */
export async function onMailFeedback(said: Feedback, ports: MailFeedbackPorts): Promise<void> {
  const digest = said.row === undefined ? undefined : fromDigestTag(said.row);
  if (digest) return hearOfDigest(digest, said, ports);
  const rows = await rowsOf(said, ports);
  if (!rows) {
    // A mail of another context, or one whose row the index does not show yet: a retry finds the second kind.
    ports.log.warn('mail.unknown', { mail: said.messageId });
    throw new Error('no row has this message');
  }
  for (const row of rows) await hear(row, said, ports);
}

const hear = async (row: Delivery, said: Feedback, ports: MailFeedbackPorts): Promise<void> => {
  const { messageId } = said;
  const hand = (transition: 'bounce' | 'bounceAfterPassing' | 'bouncePassing' | 'complain', set: Parameters<typeof handOver>[2]) =>
    handOver(row, transition, { ...set, messageId }, ports);
  if (said.kind === 'complaint') await hand('complain', { state: 'complained', reason: 'complaint' });
  else if (said.kind === 'bounce' && said.permanent) {
    const lasting = { state: 'bounced', reason: 'bounced', permanent: true } as const;
    if (!(await hand('bounce', lasting))) await hand('bounceAfterPassing', lasting);
  } else if (said.kind === 'bounce') await hand('bouncePassing', { state: 'bounced', reason: 'bounced', permanent: false });
  else if (said.kind === 'reject') await hand('bouncePassing', { state: 'unreachable', reason: 'refused' });
  else await deliver(row, messageId, ports);
};

const deliver = async (
  { uai, date, deliveryId, guardianId, addressKey }: Delivery,
  messageId: string,
  { notifications }: MailFeedbackPorts,
): Promise<void> => {
  const attempt = async (condition: Condition): Promise<boolean> => {
    try {
      await notifications.write({
        update: 'delivery',
        key: { uai, date, deliveryId },
        set: { state: 'delivered', messageId, wakeAt: undefined, leaseUntil: undefined, heldUntil: undefined, reason: undefined },
        when: condition,
      });
      return true;
    } catch (error) {
      if (!isConflict(error)) throw error;
      return false;
    }
  };
  if (!(await attempt(when('deliver'))) && !(await attempt(when('deliverAfterBounce')))) return;
  // They are within reach again, at the address that had failed.
  const known = addressKey === undefined ? undefined : await notifications.get('outOfReach', { uai, guardianId });
  if (known && known.addressKey === addressKey) await notifications.write({ delete: 'outOfReach', key: { uai, guardianId } });
};

export const handler = feedback(manifest.feedback['on-mail-feedback'], onMailFeedback);
