import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { MailMessage, MailPort } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import { clientSettings, once } from './clients.ts';
import { environment } from './env.ts';

/** A second try after a lost answer would be a second mail: whoever calls owns the ledger and decides. */
const ses = once(() => new SESClient({ ...clientSettings(), maxAttempts: 1 }));

const RATE_KEPT = 5 * 60_000;

/** `=_` cannot stand in quoted-printable text, so no mail can hold its own boundary (RFC 2045, 6.7). */
const BOUNDARY = '=_preau';

const part = (type: 'plain' | 'html', content: string): string =>
  [
    `--${BOUNDARY}`,
    `Content-Type: text/${type}; charset=utf-8`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    wrap(encode(content.replace(/\r?\n/g, '\r\n'))),
    '',
  ].join('\r\n');

/**
 * The library writes the headers, where a name could do harm, and the encoding. Two parts in memory need none of the streams it would
 * build for files: those are three quarters of its work.
 */
export const mimeOf = ({ to, fromName, replyTo, subject, text, html, headers, tag }: MailMessage, sender: string): Buffer => {
  const root = new MailComposer({
    from: { name: fromName, address: sender },
    to: { name: '', address: to },
    ...(replyTo !== undefined && { replyTo }),
    subject,
    ...(headers && { headers: { ...headers } }),
    // SES writes its own over it.
    messageId: `<${tag}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
  }).compile();
  root.setHeader('Content-Type', `multipart/alternative; boundary="${BOUNDARY}"`);
  return Buffer.from(`${root.buildHeaders()}\r\n\r\n${part('plain', text)}${part('html', html)}--${BOUNDARY}--\r\n`);
};

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
          RawMessage: { Data: mimeOf(message, PREAU_SENDER) },
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
