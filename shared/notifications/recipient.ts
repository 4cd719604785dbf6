import type { guardiansToTell } from '../directory/questions.ts';
import type { AnswerTo } from '../kernel/index.ts';
import type { MessageLanguage } from './language.ts';
import { mobileOf } from './mobile.ts';

export type Told = AnswerTo<typeof guardiansToTell>[number];

/** Whoever is entitled to be told of a pupil now. */
export interface Recipient {
  readonly personId: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly civility?: string | undefined;
  readonly email?: string | undefined;
  /** E.164, of who accepts text messages. */
  readonly mobile?: string | undefined;
  /** Has opened an account: reads the portal. */
  readonly accountId?: string | undefined;
  readonly language: MessageLanguage;
  readonly householdId: string;
  /** The pupil, of age. */
  readonly self: boolean;
}

/**
 * From 18 the pupil is told too. Without an address of their own, parents being told is enough: no line on the call list.
 */
export const recipientsOf = ({ pupil, guardians }: Told): Recipient[] => [
  ...guardians.map(({ personId, familyName, givenName, civility, email, phones, acceptsSms, accountId, language, householdId }) => ({
    personId,
    familyName,
    givenName,
    civility,
    email,
    mobile: mobileOf({ phones, acceptsSms }),
    accountId,
    language,
    householdId,
    self: false,
  })),
  ...(pupil.adult && (pupil.email !== undefined || guardians.length === 0)
    ? [
        {
          personId: pupil.pupilId,
          familyName: pupil.familyName,
          givenName: pupil.givenName,
          email: pupil.email,
          accountId: pupil.accountId,
          language: 'fr' as const,
          householdId: pupil.pupilId,
          self: true,
        },
      ]
    : []),
];
