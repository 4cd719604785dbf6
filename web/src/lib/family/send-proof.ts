import { ApiFailure } from '#lib/api/failure.ts';
import type { justify } from '#shared/attendance/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

type Upload = NonNullable<AnswerOf<typeof justify>['upload']>;

/** What the bucket takes. */
export const PROOF_MEGABYTES = 10;
export const isTooHeavy = ({ size }: Pick<Blob, 'size'>): boolean => size > PROOF_MEGABYTES * 1024 * 1024;

/** Posts a proof straight to its bucket: the signed fields first, the file last. No token of ours goes there. */
export async function sendProof({ url, fields }: Upload, file: Blob, post: typeof fetch = fetch): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const response = await post(url, { method: 'POST', body: form, credentials: 'omit' }).catch(() => undefined);
  if (!response?.ok) throw new ApiFailure('network.unreachable', response?.status ?? 0);
}
