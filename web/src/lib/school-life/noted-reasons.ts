import type { AnswerReason } from '#shared/attendance/answer.ts';

/** What school life may note, in the order of the keys 1 to 6. */
export const NOTED_REASONS = ['illness', 'family', 'transport', 'appointment', 'travel', 'other'] as const satisfies AnswerReason[];
