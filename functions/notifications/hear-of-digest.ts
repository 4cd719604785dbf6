import { type Transition, when } from '../../shared/notifications/delivery.ts';
import type { Digest } from '../../shared/notifications/digest.ts';
import type { Feedback } from '../runtime/feedback.ts';
import { choose } from './digest-ledger.ts';
import { isConflict } from './ledger.ts';
import type { MailFeedbackPorts } from './manifest.ts';

/**
 * SES’s word on a digest, by the rules of every row: any order, as often as it likes, a graver word stands. Nobody is called because of one;
 * whoever complained of it gets no more.
 */
export const hearOfDigest = async (
  { personId, digestId }: Pick<Digest, 'personId' | 'digestId'>,
  said: Feedback,
  ports: MailFeedbackPorts,
): Promise<void> => {
  const { messageId } = said;
  const move = async (transition: Transition, set: Pick<Digest, 'state'> & Partial<Pick<Digest, 'reason'>>): Promise<void> => {
    try {
      await ports.notifications.write({
        update: 'digest',
        key: { personId, digestId },
        set: { reason: undefined, ...set, messageId, openAt: undefined },
        when: when(transition),
      });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  };
  if (said.kind === 'delivery') await move('deliver', { state: 'delivered' });
  else if (said.kind === 'bounce') await move(said.permanent ? 'bounce' : 'bouncePassing', { state: 'bounced', reason: 'bounced' });
  else if (said.kind === 'reject') await move('bouncePassing', { state: 'unreachable', reason: 'refused' });
  else {
    await choose(personId, { ways: { remarks: 'off' } }, ports);
    await move('complain', { state: 'complained', reason: 'complaint' });
  }
};
