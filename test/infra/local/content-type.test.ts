import { describe, expect, it } from 'vitest';
import { cacheControl, contentType } from '../../../infra/local/content-type.ts';
import { uploadOrder } from '../../../infra/local/publish-site.ts';

describe('a published file', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['_app/immutable/x.js', 'text/javascript; charset=utf-8'],
    ['a.CSS', 'text/css; charset=utf-8'],
    ['manifest.webmanifest', 'application/manifest+json'],
    ['fonts/figtree.woff2', 'font/woff2'],
    ['LICENCE', 'application/octet-stream'],
  ])('%s is %s', (file, type) => {
    expect(contentType(file)).toBe(type);
  });

  it('is kept for a year when its name holds its hash, and asked for again otherwise', () => {
    expect(cacheControl('_app/immutable/entry/start.B4x.js')).toContain('immutable');
    expect(cacheControl('_app/version.json')).toBe('no-cache');
    expect(cacheControl('index.html')).toBe('no-cache');
  });

  it('goes up before the page that names it', () => {
    expect(uploadOrder(['index.html', 'favicon.svg', '_app/immutable/a.js'])).toEqual(['_app/immutable/a.js', 'favicon.svg', 'index.html']);
  });
});
