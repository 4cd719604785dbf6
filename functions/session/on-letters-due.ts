import type { Person } from '../../shared/directory/person.ts';
import { people, peopleAt, school } from '../../shared/directory/questions.ts';
import { Failure, type Occurrence } from '../../shared/kernel/index.ts';
import type { lettersDue } from '../../shared/session/events.ts';
import { csvLines } from '../runtime/csv.ts';
import { type Letter, lettersPdf } from './letter-pdf.ts';
import { headOf, letterTo } from './letter-words.ts';
import { partKey } from './letters-job.ts';
import type { LettersDuePorts } from './manifest.ts';
import { type IssuedCode, issueCodeFor } from './one-time-code.ts';

const PER_PART = 100;

const csvLine = ({ familyName, givenName }: Person, { login, code, expiresAt }: IssuedCode): string[] => [
  familyName,
  givenName,
  login,
  code.toUpperCase(),
  expiresAt.slice(0, 10),
];

/**
 * Writes the next hundred letters, then moves the job's cursor, whose change calls for the following ones.
 * A chunk done twice issues fresh codes and overwrites its own part: what is printed is always what is valid.
 */
export async function onLettersDue(
  { payload: { uai, jobId, revision } }: Occurrence<typeof lettersDue>,
  ports: LettersDuePorts,
): Promise<void> {
  const { session, ask, lettersFiles, site, clock } = ports;
  const job = await session.get('letters', { uai, jobId });
  if (job?.state !== 'running' || job.revision !== revision) return;
  const at = await ask(school, { uai });
  if (!at) return;
  const page = job.personIds
    ? { people: await ask(people, { uai, personIds: job.personIds.slice(job.done, job.done + PER_PART) }), cursor: undefined }
    : await ask(peopleAt, {
        uai,
        door: job.door,
        limit: PER_PART,
        ...(job.groupId !== undefined && { groupId: job.groupId }),
        ...(job.cursor !== undefined && { cursor: job.cursor }),
      });
  const letters: Letter[] = [];
  const lines: string[][] = [];
  for (const person of page.people) {
    if (person.departedOn !== undefined) continue;
    const issued = await issueCodeFor(person, ports);
    if (!issued) continue;
    letters.push(letterTo(person, issued, at, site));
    lines.push(csvLine(person, issued));
  }
  if (letters.length > 0) {
    await lettersFiles.write(partKey(job, job.parts, 'pdf'), await lettersPdf(letters, headOf(at, site, clock.civil())), 'application/pdf');
    await lettersFiles.write(partKey(job, job.parts, 'csv'), csvLines(lines), 'text/csv');
  }
  const done = job.personIds ? Math.min(job.total, job.done + PER_PART) : job.done + page.people.length;
  const more = job.personIds ? done < job.total : page.cursor !== undefined;
  try {
    await session.write({
      update: 'letters',
      key: { uai, jobId },
      set: {
        done: Math.min(done, job.total),
        parts: job.parts + (letters.length > 0 ? 1 : 0),
        cursor: page.cursor,
        state: more ? 'running' : 'done',
        revision: revision + 1,
      },
      when: { is: { revision } },
    });
  } catch (error) {
    // Another run of the same chunk moved the cursor first.
    if (!(error instanceof Failure && error.kind === 'conflict')) throw error;
  }
}
