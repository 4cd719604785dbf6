import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import { PROOF_BYTES, proofKey } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { proofType } from './proof-type.ts';

/** Base64 of a part stays well under the 6 MB that a function may answer. */
const PART_BYTES = 3 * 1024 * 1024;

export async function readProof(
  { params: { uai, date, pupilId, answerId }, query: { part } }: Input<typeof routes.readProof>,
  { attendance, proofsFiles }: ApiPorts,
): Promise<AnswerOf<typeof routes.readProof>> {
  const day = await attendance.get('pupilDay', { uai, date, pupilId });
  if (!day?.answers.some((answer) => answer.answerId === answerId)) throw missing();
  const key = proofKey({ uai, date, pupilId }, answerId);
  const size = await proofsFiles.size(key);
  if (size === undefined) throw new Failure('refused', 'attendance.proof-awaited');
  if (size > PROOF_BYTES) throw new Failure('refused', 'attendance.proof-refused');
  const bytes = await proofsFiles.read(key);
  const type = proofType(bytes);
  if (!type) throw new Failure('refused', 'attendance.proof-refused');
  const parts = Math.ceil(bytes.length / PART_BYTES);
  if (part >= parts) throw missing();
  return {
    type,
    size: bytes.length,
    parts,
    part,
    bytes: Buffer.from(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)).toString('base64'),
  };
}
