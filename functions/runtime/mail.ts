import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailMessage, MailPort } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import { clientSettings, once } from './clients.ts';
import { environment } from './env.ts';

/** A second try after a lost answer would be a second mail: whoever calls owns the ledger and decides. */
const ses = once(() => new SESClient({ ...clientSettings(), maxAttempts: 1 }));

const RATE_KEPT = 5 * 60_000;

export const mimeOf = ({ to, fromName, replyTo, subject, text, html, headers }: MailMessage, sender: string): Promise<Buffer> =>
  new MailComposer({
    from: { name: fromName, address: sender },
    to: { name: '', address: to },
    ...(replyTo !== undefined && { replyTo }),
    subject,
    text,
    html,
    ...(headers && { headers: { ...headers } }),
    // Content is given, never fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();

export const sesMail = (): MailPort => {
  const { PREAU_SENDER, PREAU_STAGE, PREAU_ACCOUNT } = environment();
  if (PREAU_SENDER === undefined) throw new Error('broken environment: PREAU_SENDER');
  let quota: { readonly rate: number; readonly until: number } | undefined;
  return {
    async send(message) {
      const { MessageId } = await ses().send(
        new SendRawEmailCommand({
          Source: PREAU_SENDER,
          Destinations: [message.to],
          RawMessage: { Data: await mimeOf(message, PREAU_SENDER) },
          ConfigurationSetName: names(PREAU_STAGE, PREAU_ACCOUNT).configurationSet,
          Tags: [{ Name: 'row', Value: message.tag }],
        }),
      );
      if (MessageId === undefined) throw new Error('accepted without a message id');
      return { messageId: MessageId };
    },
    async rate() {
      if (!quota || quota.until < performance.now()) {
        const { MaxSendRate = 1 } = await ses().send(new GetSendQuotaCommand({}));
        quota = { rate: Math.max(1, MaxSendRate), until: performance.now() + RATE_KEPT };
      }
      return quota.rate;
    },
  };
};
