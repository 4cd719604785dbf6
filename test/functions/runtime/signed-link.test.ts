import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openLink, signLink } from '../../../functions/runtime/signed-link.ts';
import { memorySecret } from '../../doubles/index.ts';

const Claims = z.strictObject({ pupilId: z.string() });
const claims = { pupilId: 'p_00000001' };
const expires = new Date('2026-11-30T08:00:00.000Z');
const before = new Date('2026-11-29T08:00:00.000Z');

describe('a signed link', () => {
  it('gives back what was signed, and until when', async () => {
    const secret = memorySecret();
    const token = await signLink(secret, 'answer', claims, expires);
    expect(token).toMatch(/^[\w.-]+$/);
    expect(await openLink(secret, 'answer', Claims, token, before)).toEqual({ state: 'valid', claims, expires });
  });

  it('is still known for what it was once it has expired', async () => {
    const secret = memorySecret();
    const token = await signLink(secret, 'answer', claims, expires);
    expect((await openLink(secret, 'answer', Claims, token, expires)).state).toBe('expired');
  });

  it('opens with the key before the current one, and no longer with a forgotten key', async () => {
    const token = await signLink(memorySecret('old'), 'answer', claims, expires);
    expect((await openLink(memorySecret('new', 'old'), 'answer', Claims, token, before)).state).toBe('valid');
    expect(await openLink(memorySecret('newer', 'new'), 'answer', Claims, token, before)).toEqual({ state: 'unknown' });
  });

  it('opens nothing but what it was made for', async () => {
    const secret = memorySecret();
    const token = await signLink(secret, 'answer', claims, expires);
    expect(await openLink(secret, 'calendar', Claims, token, before)).toEqual({ state: 'unknown' });
  });

  it('refuses any other character anywhere in the token', async () => {
    const secret = memorySecret();
    const token = await signLink(secret, 'answer', claims, expires);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const forged = token.slice(0, at) + other + token.slice(at + 1);
      expect(await openLink(secret, 'answer', Claims, forged, before)).toEqual({ state: 'unknown' });
    }
  });

  it.each(['', '.', 'a.b', 'é.é', `${'a'.repeat(3000)}.${'a'.repeat(43)}`])('refuses %j', async (token) => {
    expect(await openLink(memorySecret(), 'answer', Claims, token, before)).toEqual({ state: 'unknown' });
  });

  it('refuses a payload of another shape, even signed', async () => {
    const secret = memorySecret();
    const token = await signLink(secret, 'answer', { ...claims, role: 'staff' }, expires);
    expect(await openLink(secret, 'answer', Claims, token, before)).toEqual({ state: 'unknown' });
  });
});
