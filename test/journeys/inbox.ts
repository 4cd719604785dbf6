import type { SentMail } from '../../infra/local/inbox.ts';
import type { System } from '../../infra/local/system.ts';
import { readMails } from './system.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks again until there is an answer. What is still missing then is told by the error. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, seconds = 20): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > until) throw new Error(`${what}: not within ${seconds} s`);
    await pause(150);
  }
}

/** Beside the grace, longer than a mail takes that is due: whoever was to be told by mistake would have it by then. */
const SETTLING = 2500;

/** Seconds the system waits before it tells a family. */
const graceOf = ({ arguments: args }: System): number => Number(args[args.indexOf('--grace') + 1]);

/** The inbox from a moment on. */
export class Inbox {
  readonly #system: System;
  readonly #before: ReadonlySet<string>;

  private constructor(system: System, before: ReadonlySet<string>) {
    this.#system = system;
    this.#before = before;
  }

  static async from(system: System): Promise<Inbox> {
    return new Inbox(system, new Set((await readMails(system)).map(({ id }) => id)));
  }

  /** Mails since then, the oldest first. */
  async mails(): Promise<SentMail[]> {
    return (await readMails(this.#system)).filter(({ id }) => !this.#before.has(id)).reverse();
  }

  /** Waits until this many mails have come to these addresses, and gives them. */
  async expect(count: number, addresses: readonly string[], seconds = 20): Promise<SentMail[]> {
    let seen: readonly SentMail[] = [];
    return eventually(
      `${count} mails to ${addresses.join(', ')}`,
      async () => {
        seen = (await this.mails()).filter(({ to }) => to.some((address) => addresses.includes(address)));
        return seen.length >= count ? [...seen] : undefined;
      },
      seconds,
    ).catch((error: Error) => {
      throw new Error(`${error.message}; there are ${seen.map(({ to, subject }) => `${to}: ${subject}`).join(' | ') || 'none'}`);
    });
  }

  /** Every mail once nothing comes any more. */
  async settled(): Promise<SentMail[]> {
    await pause(graceOf(this.#system) * 1000 + SETTLING);
    return this.mails();
  }
}

/** Who was written to, one entry a mail. */
export const recipients = (mails: readonly SentMail[]): string[] => mails.flatMap(({ to }) => [...to]).sort();

/** The address behind the button of an absence mail, as the person who reads it as text sees it. */
export const answerLink = ({ text }: SentMail): string => {
  const link = /https?:\/\/\S+\/api\/public\/attendance\/answers\/\S+/.exec(text)?.[0];
  if (!link) throw new Error(`No link in: ${text}`);
  return link;
};
