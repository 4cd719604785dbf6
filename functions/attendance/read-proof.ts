import type * as routes from '../../shared/attendance/routes.ts';
import { type AnswerOf, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import { noteArrived } from './arrived-proofs.ts';
import { PROOF_BYTES, proofKey } from './given-answer.ts';
import type { ApiPorts } from './manifest.ts';
import { proofType } from './proof-type.ts';
import { schoolClock } from './school-clock.ts';

/** Base64 of a part stays well under the 6 MB that a function may answer. */
const PART_BYTES = 3 * 1024 * 1024;

export async function readProof(
  { params: { uai, date, pupilId, answerId }, query: { part } }: Input<typeof routes.readProof>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.readProof>> {
  const { attendance, proofsFiles } = ports;
  const day = await attendance.get('pupilDay', { uai, date, pupilId });
  const answer = day?.answers.find((one) => one.answerId === answerId);
  if (!day || !answer) throw missing();
  const key = proofKey({ uai, date, pupilId }, answerId);
  const size = await proofsFiles.size(key);
  if (size === undefined) throw new Failure('refused', 'attendance.proof-awaited');
  if (answer.proof !== 'received') await noteArrived(day, [answerId], await schoolClock(uai, ports), ports);
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
