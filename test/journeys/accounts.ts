import { Secret, TOTP } from 'otpauth';
import { type AskContext, askContext } from '../../infra/local/ask-context.ts';
import { emulatorEnvironment } from '../../infra/local/start-emulator.ts';
import type { System } from '../../infra/local/system.ts';
import { invite } from '../../shared/directory/questions.ts';
import type { AnswerOf, Door, Duty, Route } from '../../shared/kernel/index.ts';
import type { SignInStep } from '../../shared/session/credential.ts';
import { issueCode } from '../../shared/session/questions.ts';

export const PASSWORD = 'quatre mots sous le préau';

/** The operator's questions, with the credentials of the local system. */
export function operator(system: System): AskContext {
  Object.assign(process.env, emulatorEnvironment(system.emulator));
  return askContext(system.stage);
}

/** What a letter tells its reader. */
export interface Letter {
  readonly personId: string;
  readonly door: Door;
  readonly login: string;
  readonly code: string;
}

export const letterFor = async (ask: AskContext, uai: string, personId: string): Promise<Letter> => {
  const [letter] = await ask(issueCode, { uai, personIds: [personId] });
  if (!letter) throw new Error(`No letter for ${personId}`);
  return letter;
};

/** A member of staff whom nobody was before, so that a journey may be made again on the same system. */
export const inviteStaff = async (ask: AskContext, uai: string, duties: readonly Duty[]): Promise<Letter> => {
  const familyName = `Essai ${Date.now()
    .toString(36)
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] as string)}`;
  const person = await ask(invite, { uai, door: 'staff', familyName, givenName: 'Dominique', duties: [...duties] });
  return letterFor(ask, uai, person.personId);
};

/** What an authenticator shows for the key that a page spells out. */
export const sixDigits = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate();

async function post<T>(url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Of an idempotent route; a fresh one by default. */
  readonly key?: string;
}

/** Somebody signed in, who speaks to the API through the site's own origin. */
export class Account {
  readonly door: Door;
  readonly #site: string;
  readonly #token: string;

  private constructor(door: Door, site: string, token: string) {
    this.door = door;
    this.#site = site;
    this.#token = token;
  }

  /** Opens the account that a letter is for, second step included where the door asks for one. */
  static async open({ site }: System, { door, login, code }: Letter): Promise<Account> {
    const session = `${site}/api/public/session`;
    let step = await post<SignInStep>(`${session}/activation`, { login, code, password: PASSWORD });
    if (step.step === 'enrol')
      step = await post<SignInStep>(`${session}/${door}/enrolment`, { challenge: step.challenge, code: sixDigits(step.secret) });
    if (step.step !== 'signed-in') throw new Error(`${login} is asked for ${step.step}`);
    return new Account(door, site, step.accessToken);
  }

  async request(route: Route, { params = {}, query, body, key = crypto.randomUUID() }: Sent = {}): Promise<Response> {
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const [context] = route.name.split('.');
    const search = query ? `?${new URLSearchParams(query)}` : '';
    return fetch(`${this.#site}/api/${this.door}/${context}${path}${search}`, {
      method: route.method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(route.idempotent && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** The answer of a route that does not refuse. */
  async call<R extends Route>(route: R, sent?: Sent): Promise<AnswerOf<R>> {
    const answer = await this.request(route, sent);
    if (!answer.ok) throw new Error(`${route.name}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as AnswerOf<R>;
  }
}
