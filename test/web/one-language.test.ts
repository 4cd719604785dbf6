import { describe, expect, it } from 'vitest';
import { inLanguage } from '../../web/one-language.ts';

const piece = `
const fr_retry = () => \`Réessayer\`;
const en_retry = () => \`Try again\`;
const retry = () => { const locale = __PREAU_LANGUAGE__; if (locale === "en") return en_retry(); return fr_retry(); };
export { retry };`;
const said = async (code: string) =>
  ((await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { retry: () => string }).retry();

describe('a piece of the site in one language', () => {
  it.each([
    ['fr', 'Réessayer', 'Try again'],
    ['en', 'Try again', 'Réessayer'],
  ])('says its words in %s, and carries no others', async (language, words, others) => {
    const code = await inLanguage('piece.js', piece, language);
    expect(await said(code)).toBe(words);
    expect(code).not.toContain(others);
  });
  it('is left as it is when it holds no words', async () => {
    expect(await inLanguage('piece.js', 'export const  one = 1;', 'fr')).toBe('export const  one = 1;');
  });
  it('is refused when it cannot be read', async () => {
    await expect(inLanguage('piece.js', 'const = __PREAU_LANGUAGE__', 'fr')).rejects.toThrow('piece.js in fr');
  });
});
