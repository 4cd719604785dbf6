import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailbox, type SentMail, startInbox } from '../../../infra/local/inbox.ts';
import { freePort } from '../../../infra/local/ports.ts';
import { headersOf, rawMail, receiveMail } from '../../../infra/local/receive-mail.ts';

const RAW = ['Message-ID: <m-1>', 'From: Collège <vs@x.fr>', 'Reply-To: vs@x.fr,', ' autre@x.fr', 'Subject: S', '', 'corps', '.point'].join(
  '\r\n',
);

let folder: string;
let servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preau-mail-'));
});
afterEach(() => {
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
  rmSync(folder, { recursive: true });
});

/** Sends one message as the emulator's relay does. */
const relay = (port: number, raw: string) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const lines = ['EHLO x', 'MAIL FROM:<a@x.fr>', 'RCPT TO:<b@x.fr>', 'DATA', `${raw.replace(/^\./gm, '..')}\r\n.`, 'QUIT'];
    socket.setEncoding('utf8').on('data', () => {
      const next = lines.shift();
      if (next) socket.write(`${next}\r\n`);
    });
    socket.once('end', resolve).once('error', reject);
  });

const emulated = (messages: unknown[], texts: unknown[] = []) =>
  new Promise<string>((resolve) => {
    const answers: Record<string, unknown> = {
      '/_ministack/ses/messages': { messages: { '000000000000': messages } },
      '/_ministack/sns/sms-messages': { sms_messages: { '+33639980155': texts } },
    };
    const server = createServer(({ url = '' }, outgoing) => outgoing.end(JSON.stringify(answers[url])));
    servers.push(server);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

const listed = {
  MessageId: 'm-1',
  Source: 'vs@x.fr',
  To: ['b@x.fr'],
  Subject: 'Absence de <Léa>',
  BodyText: 'Léa',
  BodyHtml: '<p>Léa</p><script>x</script>',
  Timestamp: 1_790_000_000.25,
};

describe('a relayed mail', () => {
  it('is kept as it was sent, dots and folded headers included', async () => {
    const port = await freePort();
    let told = 0;
    const server = await receiveMail(port, folder, () => {
      told += 1;
    });
    await relay(port, RAW);
    server.close();
    expect(rawMail(folder, 'm-1')).toBe(RAW);
    expect(headersOf(RAW)['reply-to']).toBe('vs@x.fr, autre@x.fr');
    expect(told).toBe(1);
  });
});

describe('the inbox', () => {
  const inbox = async (emulator: string) => {
    const port = await freePort();
    servers.push(await startInbox(port, { mailbox: openMailbox(emulator, folder), folder }));
    return (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  };

  it('lists every mail as JSON, and those to one address', async () => {
    const get = await inbox(await emulated([listed]));
    const mails = (await (await get('/api/messages')).json()) as SentMail[];
    expect(mails).toMatchObject([{ id: 'm-1', to: ['b@x.fr'], subject: 'Absence de <Léa>', at: '2026-09-21T14:13:20.250Z' }]);
    expect(await (await get('/api/messages?to=b@')).json()).toHaveLength(1);
    expect(await (await get('/api/messages?to=c@')).json()).toHaveLength(0);
  });

  it('shows a mail in a frame without rights, and nothing of it as markup of its own', async () => {
    const get = await inbox(await emulated([listed]));
    const page = await (await get('/mails/m-1')).text();
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page).toContain('Absence de &lt;Léa&gt;');
    expect(page).not.toContain('<script>x');
    const framed = await get('/mails/m-1/html');
    expect(framed.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await get('/mails/m-2')).status).toBe(404);
  });

  it('shows text messages beside mails', async () => {
    const get = await inbox(await emulated([listed], [{ PhoneNumber: '+33639980155', MessageId: 's-1', Message: 'Léa <b>absente</b>' }]));
    expect(await (await get('/api/messages?to=%2B33')).json()).toMatchObject([{ id: 's-1', from: 'SMS', text: 'Léa <b>absente</b>' }]);
    expect(await (await get('/api/messages')).json()).toHaveLength(2);
    expect(await (await get('/')).text()).toContain('SMS à +33639980155');
    expect(await (await get('/mails/s-1')).text()).toContain('Léa &lt;b&gt;absente&lt;/b&gt;');
  });

  it('still has what was sent before the emulator forgot it', async () => {
    const first = await inbox(await emulated([listed]));
    await first('/api/messages');
    const later = await inbox(await emulated([]));
    expect(await (await later('/api/messages')).json()).toMatchObject([{ id: 'm-1' }]);
  });
});
