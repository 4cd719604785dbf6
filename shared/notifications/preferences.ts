import * as z from 'zod';
import { PersonId } from '../kernel/index.ts';
import { MessageLanguage } from './language.ts';

/**
 * What people may choose the way of. `remarks`: what teachers noted of a pupil, where the school shows it. Absences, and what is about the
 * safety of an account, are no kinds: nobody can put them off, so there is no way to say so.
 */
export const NewsKind = z.enum(['remarks']);
export type NewsKind = z.infer<typeof NewsKind>;

/** `at-once`: within a quarter of an hour, outside the quiet hours; `daily`: in one message of the evening; `off`: behind sign-in alone. */
export const Way = z.enum(['at-once', 'daily', 'off']);
export type Way = z.infer<typeof Way>;

/** How each kind goes until somebody says otherwise. */
const DEFAULT_WAYS = { remarks: 'daily' } as const satisfies Record<NewsKind, Way>;

export const Ways = z.strictObject({ remarks: Way });
export type Ways = z.infer<typeof Ways>;

/** How one person wants to be told, at all their schools. Only what they chose is kept. */
export const Preferences = z.object({ personId: PersonId, language: MessageLanguage.optional(), ways: Ways.optional() });
export type Preferences = z.infer<typeof Preferences>;

export const waysOf = ({ ways }: Partial<Pick<Preferences, 'ways'>> = {}): Ways => ({ ...DEFAULT_WAYS, ...ways });
