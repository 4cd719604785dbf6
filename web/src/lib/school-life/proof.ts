import { call } from '#lib/api/index.ts';
import { readProof } from '#shared/attendance/routes.ts';

interface OfAnswer {
  readonly uai: string;
  readonly date: string;
  readonly pupilId: string;
  readonly answerId: string;
}

const ENDINGS = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
} as const;

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** A proof comes in parts, bounded as a function’s answer is; here they are joined and saved under a name without a name in it. */
export async function saveProof(params: OfAnswer): Promise<void> {
  const first = await call(readProof, 'staff', { params });
  const parts = [bytesOf(first.bytes)];
  for (let part = 1; part < first.parts; part++) parts.push(bytesOf((await call(readProof, 'staff', { params, query: { part } })).bytes));
  const address = URL.createObjectURL(new Blob(parts, { type: first.type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `justificatif-${params.date}.${ENDINGS[first.type]}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
