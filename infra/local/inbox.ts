import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { listPage, mailPage } from './inbox-page.ts';
import { headersOf, mailFile, rawMail } from './receive-mail.ts';

/** A mail that SES accepted, or a text message that SNS did: `from` is then `SMS`. */
export interface SentMail {
  readonly id: string;
  /** Real time, ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  /** Lower-case names; empty until the raw message has come. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Listed {
  readonly MessageId: string;
  readonly Source: string;
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string;
  readonly BodyHtml: string | null;
  readonly Timestamp: number;
}

interface ListedSms {
  readonly PhoneNumber: string;
  readonly MessageId: string;
  readonly Message: string;
}

export interface Mailbox {
  /** Every mail sent, the newest first, those from before a restart included. */
  list(): Promise<SentMail[]>;
}

/** The emulator forgets what it sent when it stops, so each mail is kept beside its raw form as soon as it is seen. */
export function openMailbox(emulator: string, folder: string): Mailbox {
  mkdirSync(folder, { recursive: true });
  const known = new Map<string, SentMail>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const mail = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SentMail;
    known.set(mail.id, mail);
  }
  const keep = (mail: Omit<SentMail, 'headers'>) => {
    known.set(mail.id, { ...mail, headers: {} });
    writeFileSync(`${mailFile(folder, mail.id)}.json`, JSON.stringify(mail));
  };
  /** The emulator does not say when a text message was sent: it is as old as our first sight of it. */
  const collectTexts = async () => {
    const answer = await fetch(`${emulator}/_ministack/sns/sms-messages`);
    const { sms_messages: texts = {} } = (await answer.json()) as { sms_messages?: Record<string, readonly ListedSms[]> };
    for (const { PhoneNumber, MessageId, Message } of Object.values(texts).flat())
      if (!known.has(MessageId))
        keep({
          ...{ id: MessageId, at: new Date().toISOString(), from: 'SMS', to: [PhoneNumber], subject: Message },
          ...{ text: Message, html: undefined },
        });
  };
  const collect = async () => {
    const answer = await fetch(`${emulator}/_ministack/ses/messages`);
    const { messages } = (await answer.json()) as { messages: Record<string, readonly Listed[]> };
    for (const { MessageId, Source, To, Subject, BodyText, BodyHtml, Timestamp } of Object.values(messages).flat()) {
      if (known.has(MessageId)) continue;
      keep({
        id: MessageId,
        at: new Date(Timestamp * 1000).toISOString(),
        from: Source,
        to: To,
        subject: Subject,
        text: BodyText,
        html: BodyHtml ?? undefined,
      });
    }
  };
  return {
    async list() {
      await Promise.allSettled([collect(), collectTexts()]);
      return [...known.values()]
        .map((mail) => ({ ...mail, headers: headersOf(rawMail(folder, mail.id) ?? '') }))
        .sort((a, b) => b.at.localeCompare(a.at));
    },
  };
}

/** Nothing in a mail may run or reach out: it is shown in a frame without rights, and only its links open. */
const HTML_POLICY =
  "default-src 'none'; img-src data: cid:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The page that shows every mail sent, and the same as JSON at `/api/messages` for tests. */
export function startInbox(port: number, { mailbox, folder }: { mailbox: Mailbox; folder: string }): Promise<Server> {
  const server = createServer(async (request, response) => {
    const send = (status: number, type: string, body: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers }).end(body);
    try {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://inbox');
      const to = searchParams.get('to');
      const mails = (await mailbox.list()).filter((mail) => !to || mail.to.some((address) => address.includes(to)));
      if (pathname === '/api/messages') return send(200, 'application/json', JSON.stringify(mails));
      if (pathname === '/') return send(200, 'text/html', listPage(mails, to ?? ''));
      const [, id, view] = /^\/mails\/([^/]+)(?:\/(html|raw))?$/.exec(pathname) ?? [];
      const mail = mails.find((one) => one.id === decodeURIComponent(id ?? ''));
      if (!mail) return send(404, 'text/html', listPage(mails, to ?? ''));
      if (view === 'html') {
        const body = `<base target="_blank">${mail.html ?? ''}`;
        return send(200, 'text/html', body, { 'content-security-policy': HTML_POLICY });
      }
      if (view === 'raw') return send(200, 'text/plain', rawMail(folder, mail.id) ?? 'Le message brut n’est pas encore arrivé.\n');
      return send(200, 'text/html', mailPage(mail));
    } catch {
      return send(400, 'text/plain', 'Adresse incomprise.\n');
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
