import * as z from 'zod';
import { IDEMPOTENCY_KEY } from './idempotency-key.ts';

/** Unité administrative immatriculée: seven digits and a check letter; the tenant of every key. */
export const Uai = z.string().regex(/^\d{7}[A-Z]$/);
export type Uai = z.infer<typeof Uai>;

const prefixed = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-z-]{8,64}$`));

/** A person: also the Cognito user name of the account, once activated. */
export const PersonId = prefixed('p');
export type PersonId = z.infer<typeof PersonId>;

/** A class (division) or a teaching group of one school: derived from UAI, kind and CODE_STRUCTURE. */
export const GroupId = prefixed('g');
export type GroupId = z.infer<typeof GroupId>;

/** A lesson occurrence: hash of UAI, date, slot, subject, sorted classes and groups (exports carry no stable course id). */
export const LessonId = prefixed('l');
export type LessonId = z.infer<typeof LessonId>;

export const AbsenceId = prefixed('a');
export const EpisodeId = prefixed('e');
export const ImportId = prefixed('i');
export const DeliveryId = prefixed('d');

export const IdempotencyKey = z.string().regex(IDEMPOTENCY_KEY);
