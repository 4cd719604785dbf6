import * as z from 'zod';
import { Instant, PersonId } from '../kernel/index.ts';

export const ActionId = z.string().regex(/^n_[0-9a-z-]{8,64}$/);

export const ActionKind = z.enum([
  'called',
  'answered',
  'left-message',
  'no-answer',
  'wrong-number',
  'message-sent',
  'letter-sent',
  'meeting',
  'note',
]);
export type ActionKind = z.infer<typeof ActionKind>;

/** What school life did about a pupil: shown in the dossier, printed in that of the commission éducative. */
export const Action = z.object({
  actionId: ActionId,
  kind: ActionKind,
  /** Whom it was about: a guardian, or the pupil. */
  personId: PersonId.optional(),
  text: z.string().max(500).optional(),
  by: PersonId,
  at: Instant,
  undone: z.object({ by: PersonId, at: Instant }).optional(),
});
export type Action = z.infer<typeof Action>;
