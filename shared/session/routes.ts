import * as z from 'zod';
import { DOORS, Door, defineRoute, GroupId, Instant, isSelf, PersonId, runsOffice, Uai } from '../kernel/index.ts';
import { Login, OneTimeCode, Password, RecoveryCode, SignedIn, SignInStep, TotpCode, TypedPassword } from './credential.ts';

const door = { door: Door };
/** Sealed by us: who is signing in, and Cognito's own session. */
const challenge = z.string().min(20).max(8192);
const anyone = Object.fromEntries(DOORS.map((name) => [name, isSelf])) as Record<Door, typeof isSelf>;
const token = { accessToken: 'eyJraWQiOi…', expiresIn: 600 };
const signedIn = { step: 'signed-in' as const, door: 'teacher' as const, personId: 'p_01j8z0example', ...token };
const sent = z.object({ sent: z.literal(true) });

/** Known and unknown logins answer alike, in words and in time. */
const REFUSED = 'session.refused';
const LIMITED = 'session.too-many-attempts';

export const signIn = defineRoute({
  name: 'session.sign-in',
  method: 'POST',
  path: '/{door}/sign-in',
  rights: 'public',
  params: door,
  body: z.strictObject({ login: Login, password: TypedPassword }),
  answer: SignInStep,
  failures: [REFUSED, LIMITED],
  summary: 'Sign in with login and password at one door.',
  example: { body: { login: 'ines.lemoine', password: 'quatre mots au hasard' }, answer: signedIn },
});

export const answerTotp = defineRoute({
  name: 'session.answer-totp',
  method: 'POST',
  path: '/{door}/totp',
  rights: 'public',
  params: door,
  body: z.strictObject({ challenge, code: z.union([TotpCode, RecoveryCode]), trustDevice: z.boolean().default(false) }),
  answer: SignedIn,
  failures: [REFUSED, LIMITED, 'session.challenge-expired'],
  summary: 'The second step: the six digits of the authenticator, or a printed recovery code.',
  example: { body: { challenge: 'c'.repeat(20), code: '123456', trustDevice: true }, answer: signedIn },
});

export const confirmEnrolment = defineRoute({
  name: 'session.confirm-enrolment',
  method: 'POST',
  path: '/{door}/enrolment',
  rights: 'public',
  params: door,
  body: z.strictObject({ challenge, code: TotpCode }),
  answer: SignedIn,
  failures: [REFUSED, LIMITED, 'session.challenge-expired'],
  summary: 'The first code of a newly scanned authenticator; answers with recovery codes to print, shown once.',
  example: { body: { challenge: 'c'.repeat(20), code: '123456' }, answer: signedIn },
});

export const refresh = defineRoute({
  name: 'session.refresh',
  method: 'POST',
  path: '/{door}/refresh',
  rights: 'public',
  params: door,
  answer: SignedIn,
  failures: ['session.ended'],
  summary: 'A new access token from the refresh cookie.',
  example: { answer: signedIn },
});

export const signOut = defineRoute({
  name: 'session.sign-out',
  method: 'POST',
  path: '/{door}/sign-out',
  rights: 'public',
  params: door,
  answer: z.object({ signedOut: z.literal(true) }),
  summary: 'Sign out here: the refresh token is revoked and its cookie removed.',
  example: { answer: { signedOut: true } },
});

export const checkCode = defineRoute({
  name: 'session.check-code',
  method: 'POST',
  path: '/activation/check',
  rights: 'public',
  params: {},
  body: z.strictObject({ login: Login, code: OneTimeCode }),
  answer: z.object({ door: Door, givenName: z.string(), school: z.string() }),
  failures: [REFUSED, LIMITED],
  summary: 'First step of an activation: whose letter is this?',
  example: {
    body: { login: 'ines.lemoine', code: 'hk7m3nwp' },
    answer: { door: 'guardian', givenName: 'Claire', school: 'Collège Les Tilleuls' },
  },
});

export const activate = defineRoute({
  name: 'session.activate',
  method: 'POST',
  path: '/activation',
  rights: 'public',
  params: {},
  body: z.strictObject({ login: Login, code: OneTimeCode, password: Password, email: z.email().max(254).optional() }),
  answer: SignInStep,
  failures: [REFUSED, LIMITED],
  summary: 'Choose a password: only now does the account exist. Signs in.',
  example: { body: { login: 'ines.lemoine', code: 'hk7m3nwp', password: 'quatre mots au hasard' }, answer: signedIn },
});

export const requestReset = defineRoute({
  name: 'session.request-reset',
  method: 'POST',
  path: '/{door}/password-reset',
  rights: 'public',
  params: door,
  body: z.strictObject({ login: Login }),
  answer: sent,
  failures: [LIMITED],
  summary: 'A code by mail, if that login has an address; the answer never says.',
  example: { body: { login: 'ines.lemoine' }, answer: { sent: true } },
});

export const resetPassword = defineRoute({
  name: 'session.reset-password',
  method: 'POST',
  path: '/{door}/password-reset/confirmation',
  rights: 'public',
  params: door,
  body: z.strictObject({ login: Login, code: OneTimeCode, password: Password }),
  answer: z.object({ changed: z.literal(true) }),
  failures: [REFUSED, LIMITED],
  summary: 'Choose a new password with the mailed code; every session elsewhere ends.',
  example: { body: { login: 'ines.lemoine', code: 'hk7m3nwp', password: 'quatre autres mots' }, answer: { changed: true } },
});

export const changePassword = defineRoute({
  name: 'session.change-password',
  method: 'POST',
  path: '/password',
  rights: anyone,
  params: {},
  body: z.strictObject({ current: TypedPassword, next: Password }),
  answer: z.object({ changed: z.literal(true) }),
  failures: [REFUSED, LIMITED],
  summary: 'Change one’s own password.',
  example: { body: { current: 'quatre mots au hasard', next: 'quatre autres mots' }, answer: { changed: true } },
});

export const signOutEverywhere = defineRoute({
  name: 'session.sign-out-everywhere',
  method: 'POST',
  path: '/sign-out-everywhere',
  rights: anyone,
  params: {},
  answer: z.object({ signedOut: z.literal(true) }),
  summary: 'End every session of this account: tokens stop at the next request, trusted devices are forgotten.',
  example: { answer: { signedOut: true } },
});

export const attachCode = defineRoute({
  name: 'session.attach-code',
  method: 'POST',
  path: '/attachments',
  rights: anyone,
  params: {},
  body: z.strictObject({ login: Login, code: OneTimeCode }),
  answer: z.object({ school: z.string() }),
  failures: [REFUSED, LIMITED, 'session.other-door'],
  summary: 'Attach another school’s letter (another child, another post) to this account.',
  example: { body: { login: 'claire.lemoine2', code: 'hk7m3nwp' }, answer: { school: 'Collège La Passerelle' } },
});

export const beginTotp = defineRoute({
  name: 'session.begin-totp',
  method: 'POST',
  path: '/totp',
  rights: { teacher: isSelf },
  params: {},
  body: z.strictObject({ accessToken: z.string().max(4096) }),
  answer: z.object({ uri: z.string(), secret: z.string(), pending: z.string() }),
  summary: 'A teacher who wishes a second step starts it here.',
  example: {
    body: { accessToken: 'eyJraWQiOi…' },
    answer: { uri: 'otpauth://totp/Preau:ines.lemoine?secret=ABCD', secret: 'ABCD', pending: 'sealed' },
  },
});

export const confirmTotp = defineRoute({
  name: 'session.confirm-totp',
  method: 'POST',
  path: '/totp/confirmation',
  rights: { teacher: isSelf },
  params: {},
  body: z.strictObject({ accessToken: z.string().max(4096), code: TotpCode, pending: z.string().max(1024) }),
  answer: z.object({ recoveryCodes: z.array(z.string()) }),
  failures: [REFUSED, LIMITED],
  summary: 'The first code of a teacher’s authenticator.',
  example: { body: { accessToken: 'eyJraWQiOi…', code: '123456', pending: 'sealed' }, answer: { recoveryCodes: ['abcdefghjk'] } },
});

const audience = z.strictObject({
  door: Door.exclude(['authority']),
  groupId: GroupId.optional(),
  personIds: z.array(PersonId).max(200).optional(),
});
const letters = z.object({
  jobId: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  done: z.int(),
  total: z.int(),
  /** Same-origin paths of the finished files. */
  pdf: z.string().optional(),
  csv: z.string().optional(),
});
const job = { uai: Uai, jobId: z.string().regex(/^j_[0-9a-z-]{8,64}$/) };
const jobExample = { jobId: 'j_01j8z0example', state: 'running' as const, done: 120, total: 1300 };

export const listActivations = defineRoute({
  name: 'session.list-activations',
  method: 'GET',
  path: '/schools/{uai}/activations',
  rights: { staff: runsOffice },
  params: { uai: Uai },
  query: { door: Door, groupId: GroupId.optional(), cursor: z.string().max(2000).optional() },
  answer: z.object({
    people: z.array(
      z.object({
        personId: PersonId,
        familyName: z.string(),
        givenName: z.string(),
        login: z.string().optional(),
        state: z.enum(['none', 'code-issued', 'code-expired', 'activated']),
        codeExpiresAt: Instant.optional(),
        activatedAt: Instant.optional(),
      }),
    ),
    cursor: z.string().optional(),
  }),
  summary: 'Who has activated, who has a code, who has none.',
  example: { answer: { people: [{ personId: 'p_01j8z0example', familyName: 'LEMOINE', givenName: 'Inès', state: 'none' }] } },
});

export const startLetters = defineRoute({
  name: 'session.start-letters',
  method: 'POST',
  path: '/schools/{uai}/letters',
  rights: { staff: runsOffice },
  params: { uai: Uai },
  body: audience,
  answer: letters,
  idempotent: true,
  failures: ['session.nobody-to-write-to'],
  summary: 'New one-time codes for people who have not activated, with a letter a person (PDF) and a list (CSV). Earlier codes end.',
  example: { body: { door: 'guardian' }, answer: jobExample },
});

export const readLetters = defineRoute({
  name: 'session.read-letters',
  method: 'GET',
  path: '/schools/{uai}/letters/{jobId}',
  rights: { staff: runsOffice },
  params: job,
  answer: letters,
  summary: 'Progress of a letters job.',
  example: { answer: jobExample },
});

export const lettersPdf = defineRoute({
  name: 'session.letters-pdf',
  method: 'GET',
  path: '/schools/{uai}/letters/{jobId}/letters.pdf',
  rights: { staff: runsOffice },
  params: job,
  query: { part: z.coerce.number().int().min(0).max(1000).default(0) },
  media: 'application/pdf',
  summary: 'The letters, one page a person, tagged, with a QR code.',
  example: {},
});

export const lettersCsv = defineRoute({
  name: 'session.letters-csv',
  method: 'GET',
  path: '/schools/{uai}/letters/{jobId}/codes.csv',
  rights: { staff: runsOffice },
  params: job,
  media: 'text/csv',
  summary: 'The same codes as a list, safe to open in a spreadsheet.',
  example: {},
});
