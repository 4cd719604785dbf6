import { describe, expect, it } from 'vitest';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { readProof } from '../../../functions/attendance/read-proof.ts';
import { aLink } from './a-link.ts';
import { brun, LEA, mum, NOA, request, TODAY, UAI } from './a-school.ts';

const aProof = async (bytes?: Uint8Array | string) => {
  const link = await aLink();
  const body = { episodeId: link.episodeId, reason: 'illness' as const, withProof: true };
  const { answerId, upload } = await justifyAbsence(
    { params: { uai: UAI, date: TODAY, pupilId: LEA }, caller: mum, ...request(body) },
    link.ports,
  );
  if (bytes !== undefined) await link.proofsFiles.write(upload?.fields.key ?? '', bytes, 'text/html');
  return (part = 0, params: { pupilId?: string; answerId?: string } = {}) =>
    readProof(
      { params: { uai: UAI, date: TODAY, pupilId: LEA, answerId, ...params }, caller: brun, ...request(undefined), query: { part } },
      link.ports,
    );
};

describe('reading a proof', () => {
  it('gives the bytes with their real type, whatever the sender called them', async () => {
    const read = await aProof('%PDF-1.7 %%EOF');
    expect(await read()).toEqual({
      type: 'application/pdf',
      size: 14,
      parts: 1,
      part: 0,
      bytes: Buffer.from('%PDF-1.7 %%EOF').toString('base64'),
    });
  });

  it('gives a large one in parts that a function may answer', async () => {
    const whole = new Uint8Array(7 * 1024 * 1024);
    whole.set(Buffer.from('%PDF-1.7'));
    whole.set(Buffer.from('%%EOF'), whole.length - 5);
    const read = await aProof(whole);
    const parts = [await read(0), await read(1), await read(2)];
    expect(parts.map(({ parts, part }) => [parts, part])).toEqual([
      [3, 0],
      [3, 1],
      [3, 2],
    ]);
    expect(Buffer.concat(parts.map(({ bytes }) => Buffer.from(bytes, 'base64'))).equals(Buffer.from(whole))).toBe(true);
    expect(Math.max(...parts.map(({ bytes }) => bytes.length))).toBeLessThan(6_000_000);
    await expect(read(3)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('refuses what is neither a photo nor a PDF, or too large', async () => {
    await expect((await aProof('<html><script>alert(1)</script>'))()).rejects.toMatchObject({ code: 'attendance.proof-refused' });
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    large.set(Buffer.from('%PDF-1.7'));
    await expect((await aProof(large))()).rejects.toMatchObject({ code: 'attendance.proof-refused' });
  });

  it('says that it has not come yet', async () => {
    await expect((await aProof())()).rejects.toMatchObject({ code: 'attendance.proof-awaited' });
  });

  it('is missing under another pupil or answer', async () => {
    const read = await aProof('%PDF-1.7 %%EOF');
    await expect(read(0, { pupilId: NOA })).rejects.toMatchObject({ kind: 'missing' });
    await expect(read(0, { answerId: 'w_00000099' })).rejects.toMatchObject({ kind: 'missing' });
  });
});
