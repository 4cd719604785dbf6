import type { Channel } from './delivery.ts';
import type { Recipient } from './recipient.ts';
import type { Visited } from './table.ts';

/** What a school set about its channels. */
export type ChannelSettings = Pick<Visited, 'sms' | 'pushMinutes'>;

/** An unread notification gives way to a mail after this, unless the school set another time. */
export const PUSH_MINUTES = 10;

/** Where a channel reaches somebody now; undefined when it cannot. */
export const addressOf = (channel: Channel, to: Recipient, { sms = false }: ChannelSettings): string | undefined => {
  switch (channel) {
    case 'email':
      return to.email;
    case 'sms':
      return sms ? to.mobile : undefined;
    case 'push':
    case 'portal':
      return to.accountId;
    case 'phone':
    case 'letter':
      return undefined;
  }
};

export interface Step {
  readonly channel: 'portal' | 'push' | 'email' | 'sms';
  /** Minutes after the message is due. */
  readonly after: number;
  /** What takes over should it come back. */
  readonly fallback?: 'sms' | undefined;
}

/**
 * The ladder of one person: a notification for who has agreed to some, then the mail if nobody opened it, or an SMS for who has no mail
 * address; what comes back gives way to an SMS, then to a voice. All steps are rows from the start, each with its own time: who has no
 * browser waits for none, and a notification that is lost delays nobody. Who can only be called reads it in the portal too.
 */
export const stepsOf = (to: Recipient, hasBrowser: boolean, settings: ChannelSettings): readonly Step[] => {
  const pushes = hasBrowser && to.accountId !== undefined;
  const after = pushes ? (settings.pushMinutes ?? PUSH_MINUTES) : 0;
  const sms = addressOf('sms', to, settings) !== undefined;
  return [
    ...(pushes ? [{ channel: 'push', after: 0 } as const] : []),
    ...(to.email !== undefined ? [{ channel: 'email', after, ...(sms && { fallback: 'sms' as const }) } as const] : []),
    ...(to.email === undefined && sms ? [{ channel: 'sms', after } as const] : []),
    ...(to.email === undefined && !sms && !pushes && to.accountId !== undefined ? [{ channel: 'portal', after: 0 } as const] : []),
  ];
};

/** A human has to call as well: nothing above says more than that a telephone screen lit up. */
export const endsInCall = (steps: readonly Step[]): boolean => !steps.some(({ channel }) => channel === 'email' || channel === 'sms');
