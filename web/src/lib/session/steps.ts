import type { AnswerOf } from '#shared/kernel/route.ts';
import type { answerTotp, signIn } from '#shared/session/routes.ts';

/** Where a sign-in or an activation stands. */
export type Step = AnswerOf<typeof signIn>;
export type SignedIn = AnswerOf<typeof answerTotp>;
/** Between the password and the door: the code of an authenticator, or the enrolment of one. */
export type SecondStep = Exclude<Step, { step: 'signed-in' }>;
