import type { Answer, AnswerReason } from '../../shared/attendance/answer.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import { note } from '../../shared/attendance/pupil-day.ts';
import type { attendance as table } from '../../shared/attendance/table.ts';
import { guardiansToTell } from '../../shared/directory/questions.ts';
import { Failure, type LocalDate, missing, type Write } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { type DayKey, putDay } from './pupil-days.ts';
import { retrying } from './replay.ts';
import type { SchoolClock } from './school-clock.ts';

/** Answers one person may give about one pupil’s day. */
const MOST_ANSWERS = 20;
export const PROOF_BYTES = 10 * 1024 * 1024;
const UPLOAD_SECONDS = 900;

export interface Giving extends DayKey {
  readonly episodeId: string;
  readonly guardianId: string;
  readonly reason: AnswerReason;
  readonly via: Answer['via'];
  readonly withProof?: boolean;
}

/**
 * Adds a guardian’s word about an episode, from the mail’s link or from home. Saying the same again adds nothing.
 * Throws `missing` for an episode that is not there.
 */
export const giveAnswer = async (
  giving: Giving,
  { now, telling }: SchoolClock,
  { attendance, ids }: Pick<ApiPorts, 'attendance' | 'ids'>,
) => {
  const { uai, date, pupilId, episodeId, guardianId, reason, via, withProof = false } = giving;
  return retrying(async (): Promise<Answer> => {
    const day = await attendance.get('pupilDay', { uai, date, pupilId });
    if (!day?.episodes.some((episode) => episode.episodeId === episodeId)) throw missing();
    const own = day.answers.filter((answer) => answer.guardianId === guardianId);
    const last = own.findLast((answer) => answer.episodeId === episodeId);
    const again = last?.reason === reason ? last : undefined;
    if (again && (!withProof || again.proof)) return again;
    if (!again && own.length >= MOST_ANSWERS) throw new Failure('refused', 'attendance.too-many-entries');
    const answer: Answer = again ?? { answerId: ids.next('w'), episodeId, guardianId, reason, via, at: now };
    const proof = withProof ? { proof: 'awaited' as const } : {};
    const entries = again ? { proof: { answerId: again.answerId, state: 'awaited' as const } } : { answers: [{ ...answer, ...proof }] };
    const write: Write<typeof table, 'put'> = putDay(day, note(day, entries, telling));
    await attendance.write(write);
    return { ...answer, ...proof };
  });
};

export const proofKey = ({ uai, date, pupilId }: DayKey, answerId: string): string => `${uai}/${date}/${pupilId}/${answerId}`;

/** Where to post a proof. The type is not known before the file is chosen, nor believed after: it is read from the bytes. */
export const proofUpload = (of: DayKey, answerId: string, { proofsFiles }: Pick<ApiPorts, 'proofsFiles'>, successRedirect?: string) =>
  proofsFiles.upload(proofKey(of, answerId), {
    contentType: 'application/octet-stream',
    maxBytes: PROOF_BYTES,
    seconds: UPLOAD_SECONDS,
    ...(successRedirect !== undefined && { successRedirect }),
  });

export interface Entitled {
  readonly givenName: string;
  readonly sex: 'F' | 'M' | undefined;
  readonly language: 'fr' | 'en';
}

/** Whether this person may still be told of the pupil today, and in which language; from 18 the pupil may. */
export const entitledToAnswer = async (
  uai: string,
  pupilId: string,
  guardianId: string,
  on: LocalDate,
  { ask }: Pick<ApiPorts, 'ask'>,
): Promise<Entitled | undefined> => {
  const found = (await ask(guardiansToTell, { uai, pupilIds: [pupilId], on })).find(({ pupil }) => pupil.pupilId === pupilId);
  if (!found) return undefined;
  const { pupil, guardians } = found;
  const guardian = guardians.find(({ personId }) => personId === guardianId);
  if (!guardian && !(pupil.adult && guardianId === pupilId)) return undefined;
  return { givenName: pupil.givenName, sex: pupil.sex, language: guardian?.language ?? 'fr' };
};

export const episodeOf = (day: PupilDay | undefined, episodeId: string) => day?.episodes.find((episode) => episode.episodeId === episodeId);
