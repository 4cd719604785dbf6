import { call } from '#lib/api/index.ts';
import { pupilFile } from '#shared/directory/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type PupilRecord = AnswerOf<typeof pupilFile>;
export type RecordGuardian = PupilRecord['guardians'][number];

/** A telephone number that changed meanwhile is met this late at worst; rights are read again by the server at each sending. */
const KEPT_MS = 120_000;

const kept = new Map<string, { readonly record: Promise<PupilRecord>; readonly until: number }>();

/** A pupil’s guardians and telephones, read when somebody looks at the pupil, and kept in memory for two minutes. */
export function readRecord(uai: string, pupilId: string): Promise<PupilRecord> {
  const key = `${uai} ${pupilId}`;
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.record;
  const record = call(pupilFile, 'staff', { params: { uai, pupilId } });
  kept.set(key, { record, until: Date.now() + KEPT_MS });
  record.catch(() => kept.delete(key));
  return record;
}

export const forgetRecord = (uai: string, pupilId: string): void => void kept.delete(`${uai} ${pupilId}`);
