import * as z from 'zod';
import { EpisodeId, type Ids, Instant, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';
import { type Delivery, DeliveryKind } from './delivery.ts';

export const NoticeId = z.string().regex(/^n_[0-9a-z-]{8,64}$/);

/** One message in the portal, to one person: what it says of whom; names come from the reader’s own card. */
export const Notice = z.object({
  uai: Uai,
  /** The school’s record of the reader. */
  personId: PersonId,
  date: LocalDate,
  noticeId: NoticeId,
  pupilId: PersonId,
  episodeId: EpisodeId,
  kind: DeliveryKind,
  /** Of the missed lesson, or of the arrival. */
  minute: MinuteOfDay,
  at: Instant,
  readAt: Instant.optional(),
  expiresAt: z.int(),
});
export type Notice = z.infer<typeof Notice>;

/** Natural: whichever channel a message goes by, and however often, it is one item of the portal. */
export const noticeId = (
  { uai, date, pupilId, episodeId, kind, guardianId }: Pick<Delivery, 'uai' | 'date' | 'pupilId' | 'episodeId' | 'kind' | 'guardianId'>,
  { natural }: Pick<Ids, 'natural'>,
): string => natural('n', uai, date, pupilId, episodeId, kind, guardianId);
