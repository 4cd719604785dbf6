import * as z from 'zod';
import type { FeedbackEntry, PortsOf } from '../../shared/kernel/context.ts';
import { wait } from './clients.ts';
import { type Handler, invocation } from './invocation.ts';
import { type Line, lineLog } from './log.ts';
import { portsFor } from './ports.ts';

/** The part of an SNS event that is read. */
export interface TopicEvent {
  readonly Records: readonly { readonly Sns: { readonly Message: string } }[];
}

/** What became of a mail that SES had accepted. `row` is the tag it was sent with; an identity's notifications lack it. */
export type Feedback = { readonly messageId: string; readonly row?: string } & (
  | { readonly kind: 'delivery' }
  | { readonly kind: 'bounce'; readonly permanent: boolean }
  | { readonly kind: 'complaint' }
  | { readonly kind: 'reject' }
);

const Mail = z.object({ messageId: z.string().min(1), tags: z.object({ row: z.array(z.string()).optional() }).optional() });
/** A configuration set's destination says `eventType`, an identity's topic `notificationType`; the rest is one shape. */
const Notification = z.object({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  mail: Mail,
  bounce: z.object({ bounceType: z.string() }).optional(),
});

/** undefined for what is of no consequence to the ledger: sends, opens, clicks, delays. */
export const toFeedback = (message: unknown): Feedback | undefined => {
  const { eventType, notificationType, mail, bounce } = Notification.parse(message);
  const row = mail.tags?.row?.[0];
  const about = { messageId: mail.messageId, ...(row !== undefined && { row }) };
  switch (eventType ?? notificationType) {
    case 'Delivery':
      return { ...about, kind: 'delivery' };
    case 'Bounce':
      return { ...about, kind: 'bounce', permanent: bounce?.bounceType === 'Permanent' };
    case 'Complaint':
      return { ...about, kind: 'complaint' };
    case 'Reject':
      return { ...about, kind: 'reject' };
    default:
      return undefined;
  }
};

/** SES may speak before the worker wrote down that it had sent: what throws is tried again after these milliseconds, sooner than SNS would. */
const AGAIN = [150, 600];

/** SES's word on mails, over SNS. What throws is retried, then filed. */
export const feedback = <const E extends FeedbackEntry>(
  entry: E,
  useCase: (feedback: Feedback, ports: PortsOf<E>) => unknown,
  { line = lineLog(), ports = portsFor(entry, line) as PortsOf<E> }: { readonly line?: Line; readonly ports?: PortsOf<E> } = {},
): Handler<TopicEvent, void> =>
  invocation<TopicEvent, void>(line, async ({ Records }) => {
    for (const { Sns } of Records) {
      const said = toFeedback(JSON.parse(Sns.Message));
      if (!said) continue;
      line.info(`mail.${said.kind}`, { mail: said.messageId });
      for (let attempt = 0; ; attempt += 1) {
        try {
          await useCase(said, ports);
          break;
        } catch (error) {
          const pause = AGAIN[attempt];
          if (pause === undefined) throw error;
          await wait(pause);
        }
      }
    }
  });
