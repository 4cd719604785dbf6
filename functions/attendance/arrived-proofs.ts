import type { Answer } from '../../shared/attendance/answer.ts';
import { note, type PupilDay } from '../../shared/attendance/pupil-day.ts';
import { Failure } from '../../shared/kernel/index.ts';
import { proofKey } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { putDay } from './pupil-days.ts';
import type { SchoolClock } from './school-clock.ts';

type Ports = Pick<ApiPorts, 'attendance' | 'proofsFiles'>;

/** Notes that a proof is there. Whoever else changes the day at this moment goes first: the next reading notes it. */
export const noteArrived = async (
  day: PupilDay,
  answerIds: readonly string[],
  { telling }: SchoolClock,
  { attendance }: Pick<Ports, 'attendance'>,
): Promise<PupilDay> => {
  // It was sent while the year ran, and nobody enters anything by reading it.
  const reading = { ...telling, openFrom: day.date };
  const after = answerIds.reduce((before, answerId) => note(before, { proof: { answerId, state: 'received' } }, reading), day);
  if (after === day) return day;
  // One write, so one revision more than what is stored, however many came.
  const noted = { ...after, revision: day.revision + 1 };
  try {
    await attendance.write(putDay(day, noted));
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'store.condition-failed') throw error;
  }
  return noted;
};

const awaited = ({ proof }: Answer): boolean => proof === 'awaited';

/**
 * Days with their proofs as they are. From home nobody comes back from the bucket to say that one arrived: whoever reads
 * the answers asks the bucket, for those awaited alone, and what has come is noted once.
 */
export const withArrivedProofs = (
  days: readonly PupilDay[],
  clock: () => Promise<SchoolClock>,
  { attendance, proofsFiles }: Ports,
): Promise<PupilDay[]> =>
  Promise.all(
    days.map(async (day) => {
      const looked = await Promise.all(
        day.answers.filter(awaited).map(async ({ answerId }) => ({ answerId, size: await proofsFiles.size(proofKey(day, answerId)) })),
      );
      const arrived = looked.flatMap(({ answerId, size }) => (size === undefined ? [] : [answerId]));
      return arrived.length > 0 ? noteArrived(day, arrived, await clock(), { attendance }) : day;
    }),
  );
