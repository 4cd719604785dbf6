import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const here = (path: string) => new URL(`../../web/${path}`, import.meta.url);

interface Icon {
  readonly src: string;
  readonly type: string;
  readonly sizes: string;
  readonly purpose?: string;
}
const manifest = JSON.parse(readFileSync(here('static/manifest.webmanifest'), 'utf8')) as Record<string, unknown> & {
  readonly icons: readonly Icon[];
};

/** Width and height that a PNG says of itself (ISO 15948, 11.2.1). */
const sizeOf = (png: Buffer) => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;

describe('the site on a home screen', () => {
  it('says what a browser wants to know before it offers to install', () => {
    expect(manifest).toMatchObject({ id: '/', name: 'Préau', short_name: 'Préau', start_url: '/', scope: '/', display: 'standalone' });
    const sizes = manifest.icons.filter(({ type, purpose }) => type === 'image/png' && purpose === undefined).map((icon) => icon.sizes);
    expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
    expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  });

  it('has the icons it names, of the sizes it says', () => {
    for (const { src, type, sizes } of manifest.icons) {
      const file = readFileSync(here(`static${src}`));
      if (type === 'image/png') expect(sizeOf(file), src).toBe(sizes);
      else expect(file.toString('utf8')).toContain('<svg');
    }
  });

  it('is named by the page, with the icon that iPhones take', () => {
    const page = readFileSync(here('src/app.html'), 'utf8');
    expect(page).toContain('<link rel="manifest" href="/manifest.webmanifest">');
    expect(page).toContain('rel="apple-touch-icon"');
  });
});
