import type * as z from 'zod';
import type { AnswerOf } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import type { LettersJob } from '../../shared/session/table.ts';

/** Where a part of a letters job lies in the `letters` bucket. */
export const partKey = ({ uai, jobId }: { uai: string; jobId: string }, part: number, ending: 'pdf' | 'csv'): string =>
  `${uai}/${jobId}/${String(part).padStart(4, '0')}.${ending}`;

/** What a page may know of a job. */
export const progressOf = ({ uai, jobId, state, done, total }: z.infer<typeof LettersJob>): AnswerOf<typeof routes.readLetters> => {
  const path = `/api/staff/session/schools/${uai}/letters/${jobId}`;
  return { jobId, state, done, total, ...(state === 'done' && { pdf: `${path}/letters.pdf`, csv: `${path}/codes.csv` }) };
};
