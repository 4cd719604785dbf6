import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** Where a message is kept, without the ending that says in which form. */
export const mailFile = (folder: string, messageId: string): string =>
  join(folder, createHash('sha256').update(messageId).digest('hex').slice(0, 32));

const fileOf = (folder: string, messageId: string): string => `${mailFile(folder, messageId)}.eml`;

/** The message as it was sent, every header included; undefined when the relay has not brought it (yet). */
export const rawMail = (folder: string, messageId: string): string | undefined =>
  existsSync(fileOf(folder, messageId)) ? readFileSync(fileOf(folder, messageId), 'utf8') : undefined;

/** Header names in lower case with their unfolded values. */
export function headersOf(raw: string): Record<string, string> {
  const [head = ''] = raw.split(/\r?\n\r?\n/, 1);
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return Object.fromEntries(
    unfolded.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
}

const keep = (folder: string, raw: string) => {
  const messageId = headersOf(raw)['message-id']?.replace(/^<|>$/g, '');
  if (messageId) writeFileSync(fileOf(folder, messageId), raw);
};

/** One SMTP conversation, as far as the emulator's relay speaks it (RFC 5321 without extensions). */
function converse(socket: Socket, folder: string, received: () => void) {
  let buffer = '';
  let data: string[] | undefined;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const hear = (line: string) => {
    if (data) {
      if (line !== '.') data.push(line.startsWith('..') ? line.slice(1) : line);
      else {
        keep(folder, data.join('\r\n'));
        data = undefined;
        received();
        say('250 kept');
      }
      return;
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'DATA') {
      data = [];
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else if (['EHLO', 'HELO', 'MAIL', 'RCPT', 'RSET', 'NOOP'].includes(verb)) say('250 ok');
    else say('502 not spoken here');
  };
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    const lines = (buffer + chunk).split('\r\n');
    buffer = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
  say('220 preau');
}

/** Keeps the raw form of every mail the emulator says it sent, its own listing having neither headers nor source, and tells. */
export function receiveMail(port: number, folder: string, received: () => void): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  const server = createServer((socket) => converse(socket, folder, received));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
