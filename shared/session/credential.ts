import * as z from 'zod';
import { Door } from '../kernel/index.ts';

/** `prenom.nom`, accents stripped; a number after it when taken. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .max(80)
  .regex(/^[a-z0-9][a-z0-9.-]*$/);

/** Look-alikes (i l o q u 0 1 2) are left out, so that a code can be read from paper and typed on a phone. */
export const CODE_ALPHABET = 'abcdefghjkmnprstvwxyz3456789';
export const CODE_LENGTH = 8;

/** Spaces and dashes are how people copy eight characters from paper: they don't count. */
export const OneTimeCode = z
  .string()
  .max(24)
  .transform((code) => code.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`)));

/** A sentence is better than symbols (ANSSI 2021, NIST 800-63B): length alone is asked. */
export const PASSWORD_MIN = 12;
export const Password = z.string().min(PASSWORD_MIN).max(128);

/** What is typed to sign in: any length a person may have chosen elsewhere is simply wrong, never malformed. */
export const TypedPassword = z.string().min(1).max(256);
export const TotpCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/);
export const RecoveryCode = z
  .string()
  .max(32)
  .transform((code) => code.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(new RegExp(`^[${CODE_ALPHABET}]{10}$`)));

export const SignedIn = z.object({
  step: z.literal('signed-in'),
  door: Door,
  personId: z.string(),
  accessToken: z.string(),
  /** Seconds the access token is worth. */
  expiresIn: z.int(),
  /** Shown once, after enrolment. */
  recoveryCodes: z.array(z.string()).optional(),
});

export type SignedIn = z.infer<typeof SignedIn>;

/** What a sign-in leads to: tokens, the code of an authenticator, or the enrolment of one. */
export const SignInStep = z.discriminatedUnion('step', [
  SignedIn,
  z.object({ step: z.literal('totp'), challenge: z.string() }),
  z.object({
    step: z.literal('enrol'),
    challenge: z.string(),
    /** `otpauth://totp/…`, to show as a QR code. */
    uri: z.string(),
    /** The same secret in groups, to type. */
    secret: z.string(),
  }),
]);
export type SignInStep = z.infer<typeof SignInStep>;
