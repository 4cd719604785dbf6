import * as z from 'zod';
import { PersonId, Uai } from '../kernel/index.ts';
import { AnswerReason } from './answer.ts';

export const ReasonId = z.string().regex(/^r_[0-9a-z-]{3,64}$/);
export type ReasonId = z.infer<typeof ReasonId>;

/** The reasons that the law deems legitimate: L131-8 of the code de l’éducation. */
export const LegalReason = z.enum(['illness', 'contagious-relative', 'family-meeting', 'transport-accident', 'parents-travel']);

/** Why a pupil was absent or late, in a school’s own words, and what follows from it. */
export const Reason = z.object({
  reasonId: ReasonId,
  label: z.string().trim().min(1).max(60),
  legal: LegalReason.optional(),
  /** « Recevable »: half-days with it count towards no threshold. */
  admissible: z.boolean(),
  /** « Réglé »: giving it leaves nothing to be done; otherwise a proof or a word is still awaited. */
  settled: z.boolean(),
  /** Away from the school’s responsibility. Without it (outing, infirmary, placement) no half-day counts. */
  outsideSchool: z.boolean(),
  /** About health: never printed on a paper that leaves the school, never in figures of fewer than ten. */
  health: z.boolean(),
  /** Counts on the term’s report. */
  onReport: z.boolean(),
  /** The words are shown to guardians; otherwise they read that it was settled, not why. */
  visibleToGuardians: z.boolean(),
  /** Guardians may give it themselves. */
  usableByGuardians: z.boolean(),
  /** What a guardian answered that this reason is proposed for. */
  proposedFor: AnswerReason.exclude(['unknown']).optional(),
});
export type Reason = z.infer<typeof Reason>;

export const MAX_REASONS = 60;
export const ReasonList = z
  .array(Reason)
  .min(1)
  .max(MAX_REASONS)
  .refine((all) => new Set(all.map(({ reasonId }) => reasonId)).size === all.length, 'each reason once')
  .refine((all) => new Set(all.map(({ label }) => label.toLocaleLowerCase('fr'))).size === all.length, 'each label once');

/** A school’s own list; until it sets one, that of `defaultReasons`. */
export const SchoolReasons = z.object({
  uai: Uai,
  rev: z.int().min(1),
  reasons: ReasonList,
  /** No longer offered; kept, because past treatments have them. */
  retired: z.array(Reason),
  changedBy: PersonId,
});
export type SchoolReasons = z.infer<typeof SchoolReasons>;
