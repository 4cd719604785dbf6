import { describe, expect, it } from 'vitest';
import { isTooHeavy, sendProof } from '#lib/family/send-proof.ts';

const upload = { url: 'https://files.example/', fields: { key: 'k', policy: 'p' } };
const file = new Blob(['photo']);

describe('a proof', () => {
  it('is posted with the signed fields first and the file last, without any cookie', async () => {
    const sent: Request[] = [];
    await sendProof(upload, file, async (url, init) => {
      sent.push(new Request(url instanceof URL ? url.href : url, init));
      return new Response(null, { status: 204 });
    });
    const [request] = sent;
    expect(request).toMatchObject({ url: upload.url, method: 'POST', credentials: 'omit' });
    expect([...((await request?.formData()) ?? new FormData()).keys()]).toEqual(['key', 'policy', 'file']);
  });
  it.each([
    ['the bucket refuses it', async () => new Response(null, { status: 403 })],
    ['the network fails', async () => Promise.reject(new TypeError('failed'))],
  ])('is said not to have arrived when %s', async (_, post) => {
    await expect(sendProof(upload, file, post)).rejects.toMatchObject({ code: 'network.unreachable' });
  });
  it('of ten megabytes is taken, of one byte more is not', () => {
    expect(isTooHeavy({ size: 10 * 1024 * 1024 })).toBe(false);
    expect(isTooHeavy({ size: 10 * 1024 * 1024 + 1 })).toBe(true);
  });
});
