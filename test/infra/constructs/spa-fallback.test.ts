import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const source = readFileSync(new URL('../../../infra/constructs/spa-fallback.js', import.meta.url), 'utf8');
/** As CloudFront runs it: a script without modules, whose `handler` is called. */
const uriFor = (uri: string): string => runInNewContext(`${source}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`) as string;

describe('the SPA fallback at the CDN', () => {
  it('gives the shell for a page', () => {
    for (const page of ['/', '/teacher', '/staff/roll-calls/2026-09-15', '/staff/']) expect(uriFor(page)).toBe('/index.html');
  });
  it('gives a file for a file, there or not', () => {
    for (const file of ['/_app/immutable/entry.js', '/favicon.svg', '/missing.png']) expect(uriFor(file)).toBe(file);
  });
  it('fits in what CloudFront takes: 10 kB', () => {
    expect(source.length).toBeLessThan(10_240);
  });
});
