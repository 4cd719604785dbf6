import { afterEach, describe, expect, it, vi } from 'vitest';

const ADDRESS = '/api/public/session/guardian/refresh';

async function fetchAfter(begun?: Map<string, Promise<Response>>) {
  vi.resetModules();
  vi.stubGlobal('preau', begun && { begun });
  const asked = vi.fn(async () => new Response('asked'));
  vi.stubGlobal('fetch', asked);
  const { fetchOnce } = await import('#lib/api/begun.ts');
  return { fetchOnce, asked };
}
afterEach(() => vi.unstubAllGlobals());

describe('a request that the shell has begun', () => {
  it('is not made twice, and serves once', async () => {
    const { fetchOnce, asked } = await fetchAfter(new Map([[ADDRESS, Promise.resolve(new Response('begun'))]]));
    expect(await (await fetchOnce(ADDRESS)).text()).toBe('begun');
    expect(asked).not.toHaveBeenCalled();
    expect(await (await fetchOnce(ADDRESS)).text()).toBe('asked');
  });
  it('is made when another was begun, or none', async () => {
    const { fetchOnce } = await fetchAfter(new Map([[ADDRESS, Promise.resolve(new Response('begun'))]]));
    expect(await (await fetchOnce('/api/guardian/directory/me')).text()).toBe('asked');
    expect(await (await (await fetchAfter()).fetchOnce(ADDRESS)).text()).toBe('asked');
  });
});
