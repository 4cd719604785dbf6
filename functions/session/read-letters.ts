import { type AnswerOf, type Input, missing, Reply } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { partKey, progressOf } from './letters-job.ts';
import type { ApiPorts } from './manifest.ts';

export async function readLetters(
  { params }: Input<typeof routes.readLetters>,
  { session }: ApiPorts,
): Promise<AnswerOf<typeof routes.readLetters>> {
  const job = await session.get('letters', params);
  if (!job) throw missing();
  return progressOf(job);
}

/** One part of up to 100 letters; a `Link: rel="next"` header leads to the following one. */
export async function lettersPdf(
  { params, query: { part } }: Input<typeof routes.lettersPdf>,
  { session, lettersFiles }: ApiPorts,
): Promise<Reply<undefined>> {
  const job = await session.get('letters', params);
  if (job?.state !== 'done' || part >= job.parts) throw missing();
  return new Reply<undefined>(await lettersFiles.read(partKey(job, part, 'pdf')), {
    headers: {
      'content-disposition': `attachment; filename="codes-${job.door}-${part + 1}.pdf"`,
      ...(part + 1 < job.parts && { link: `<?part=${part + 1}>; rel="next"` }),
    },
  });
}

export async function lettersCsv(
  { params }: Input<typeof routes.lettersCsv>,
  { session, lettersFiles }: ApiPorts,
): Promise<Reply<undefined>> {
  const job = await session.get('letters', params);
  if (job?.state !== 'done') throw missing();
  const parts = await Promise.all(Array.from({ length: job.parts }, (_, part) => lettersFiles.read(partKey(job, part, 'csv'))));
  const text = parts.map((bytes) => new TextDecoder().decode(bytes)).join('');
  return new Reply<undefined>(`\uFEFFNom;Prénom;Identifiant;Code;Valable jusqu’au\r\n${text}`, {
    headers: { 'content-disposition': `attachment; filename="codes-${job.door}.csv"` },
  });
}
