import type { Door } from './access-card.ts';
import type { AnswerTo, AskedOf, Question } from './question.ts';
import type { Store, Verb } from './store.ts';
import type { Table } from './table.ts';

/** A grant is at once an IAM statement and the port a use case receives. `Port` exists for the type checker alone. */
export type Grant<Port = unknown> = (
  | { readonly kind: 'table'; readonly table: Table; readonly verbs: readonly Verb[] }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'queue'; readonly queue: QueueName; readonly verbs: readonly ('send' | 'redrive')[] }
  | { readonly kind: 'files'; readonly bucket: BucketName; readonly verbs: readonly FileVerb[] }
  | { readonly kind: 'accounts'; readonly doors: readonly Door[] }
  | { readonly kind: 'mail' }
  | { readonly kind: 'push' }
  | { readonly kind: 'sms' }
  | { readonly kind: 'secret'; readonly secret: SecretName }
) & { readonly port?: Port };

/** Platform things, each declared once in `infra/stacks/platform.ts`. */
export type QueueName = 'urgent' | 'bulk';
export type BucketName = 'imports' | 'proofs' | 'letters' | 'registers';
export type SecretName = 'links' | 'codes' | 'devices' | 'push';
export type FileVerb = 'read' | 'write' | 'delete' | 'upload';

export interface QueuePort {
  /** `delay` in seconds, at most 900. */
  send(message: unknown, delay?: number): Promise<void>;
}

export interface FilesPort {
  read(key: string): Promise<Uint8Array>;
  /** For what may not be held in memory. */
  stream(key: string): Promise<AsyncIterable<Uint8Array>>;
  write(key: string, body: Uint8Array | string, contentType: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** A presigned POST, bound to key, type and length; `successRedirect` for forms without script. */
  upload(
    key: string,
    limits: { contentType: string; maxBytes: number; seconds: number; successRedirect?: string },
  ): Promise<{ url: string; fields: Record<string, string> }>;
  /** Size in bytes, or undefined when there is no such object. */
  size(key: string): Promise<number | undefined>;
}

export type SignInOutcome =
  | { readonly outcome: 'tokens'; readonly accessToken: string; readonly refreshToken: string; readonly expiresIn: number }
  | { readonly outcome: 'totp'; readonly challenge: string }
  | { readonly outcome: 'enrol'; readonly challenge: string }
  | { readonly outcome: 'refused' };

/** Cognito behind the words `session` uses. `username` is the person id. */
export interface AccountsPort {
  create(door: Door, username: string, password: string): Promise<void>;
  exists(door: Door, username: string): Promise<boolean>;
  signIn(door: Door, username: string, password: string): Promise<SignInOutcome>;
  answerTotp(door: Door, username: string, challenge: string, code: string): Promise<SignInOutcome>;
  refresh(door: Door, username: string, refreshToken: string): Promise<{ accessToken: string; expiresIn: number } | undefined>;
  revoke(door: Door, refreshToken: string): Promise<void>;
  signOutEverywhere(door: Door, username: string): Promise<void>;
  setPassword(door: Door, username: string, password: string): Promise<void>;
  delete(door: Door, username: string): Promise<void>;
  /** The TOTP secret to show as a QR code; `session` from an `enrol` outcome, or an access token. */
  beginTotp(door: Door, proof: { session: string } | { accessToken: string }): Promise<{ secret: string; session?: string }>;
  confirmTotp(door: Door, proof: { session: string } | { accessToken: string }, code: string): Promise<boolean>;
  requireTotp(door: Door, username: string): Promise<void>;
  /** Ends an enrolment begun by a sign-in: the first code of the new authenticator, then tokens. */
  completeEnrolment(door: Door, username: string, session: string, code: string): Promise<SignInOutcome>;
}

export interface MailMessage {
  readonly to: string;
  readonly fromName: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** SES message tag `row`: how feedback finds the ledger. */
  readonly tag: string;
}

export interface MailPort {
  /** Accepted by SES, with its message id. Never retried here: whoever calls owns the ledger. */
  send(message: MailMessage): Promise<{ messageId: string }>;
  /** Mails a second the account may send. */
  rate(): Promise<number>;
}

/** A browser that agreed to be told, as its push service knows it. */
export interface PushTo {
  readonly endpoint: string;
  /** The browser's own key and secret, base64url: only it can read what is sent. */
  readonly p256dh: string;
  readonly auth: string;
  /** The public key of ours that it was made with. */
  readonly key: string;
}

export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** A path of the site. */
  readonly path: string;
  /** A second message with the same tag takes the place of the first on the device. */
  readonly tag: string;
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
}

/** `gone`: never again at this address; `later`: not now; `refused`: not this message. */
export type PushOutcome = 'accepted' | 'gone' | 'later' | 'refused';

export interface PushPort {
  /** The public key that browsers subscribe with, base64url. */
  key(): Promise<string>;
  /** Throws when nobody answered. */
  send(to: PushTo, message: PushMessage): Promise<PushOutcome>;
}

export interface SmsPort {
  /** Accepted by the operator's gateway, with its message id; `to` as E.164. Never retried here. */
  send(to: string, text: string): Promise<{ messageId: string }>;
}

export interface SecretPort {
  /** The current key first, then the one before it: sign with the first, verify with any. 32 bytes each. */
  keys(): Promise<readonly Uint8Array[]>;
}

export type Ask = <Q extends Question>(question: Q, input: AskedOf<Q>) => Promise<AnswerTo<Q>>;

type TablePort<T extends Table, V extends Verb> = { readonly [N in T['name']]: Store<T, V> };

/** The verb, never "read-write". */
export const may = <T extends Table, const V extends Verb>(table: T, ...verbs: V[]): Grant<TablePort<T, V>> => ({
  kind: 'table',
  table,
  verbs,
});
export const mayAsk = <Q extends Question>(question: Q): Grant<{ readonly ask: Ask }> => ({ kind: 'question', question });
export const maySend = <const Q extends QueueName>(queue: Q): Grant<{ readonly [N in `${Q}Queue`]: QueuePort }> => ({
  kind: 'queue',
  queue,
  verbs: ['send'],
});
export const mayFile = <const B extends BucketName>(
  bucket: B,
  ...verbs: FileVerb[]
): Grant<{ readonly [N in `${B}Files`]: FilesPort }> => ({ kind: 'files', bucket, verbs });
export const mayManageAccounts = (...doors: Door[]): Grant<{ readonly accounts: AccountsPort }> => ({ kind: 'accounts', doors });
export const maySendMail = (): Grant<{ readonly mail: MailPort }> => ({ kind: 'mail' });
export const mayPush = (): Grant<{ readonly push: PushPort }> => ({ kind: 'push' });
export const maySendSms = (): Grant<{ readonly sms: SmsPort }> => ({ kind: 'sms' });
export const mayUseSecret = <const S extends SecretName>(secret: S): Grant<{ readonly [N in `${S}Secret`]: SecretPort }> => ({
  kind: 'secret',
  secret,
});

type PortOf<G> = G extends Grant<infer P> ? P : never;
type Intersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
export type GrantedPorts<G extends readonly Grant[]> = Intersection<PortOf<G[number]>>;
