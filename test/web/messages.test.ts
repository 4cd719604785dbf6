import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const here = new URL('../../web/', import.meta.url);
const LANGUAGES = ['fr', 'en'] as const;
type Catalogue = Record<string, unknown>;

const areas = readdirSync(new URL('messages/fr', here)).filter((file) => file.endsWith('.json'));
const read = (language: string, area: string): Catalogue => JSON.parse(readFileSync(new URL(`messages/${language}/${area}`, here), 'utf8'));

/** The words of a message, whatever its plural. */
const wordsOf = (message: unknown): string[] =>
  typeof message === 'string' ? [message] : (message as { match: Record<string, string> }[]).flatMap(({ match }) => Object.values(match));
const all = (language: string) =>
  areas.flatMap((area) => Object.entries(read(language, area)).flatMap(([key, m]) => wordsOf(m).map((words) => ({ key, words }))));
const parametersOf = (message: unknown) => [...new Set(wordsOf(message).flatMap((words) => words.match(/\{\w+\}/g) ?? []))].sort();

describe('the catalogues', () => {
  it('are all known to the compiler', () => {
    const settings = readFileSync(new URL('project.inlang/settings.json', here), 'utf8');
    for (const area of areas) expect(settings).toContain(`./messages/{locale}/${area}`);
  });

  it('say the same things in both languages, with the same parameters', () => {
    for (const area of areas) {
      const [fr, en] = LANGUAGES.map((language) => read(language, area)) as [Catalogue, Catalogue];
      expect(Object.keys(en).sort(), area).toEqual(Object.keys(fr).sort());
      for (const key of Object.keys(fr)) expect(parametersOf(en[key]), key).toEqual(parametersOf(fr[key]));
    }
  });

  it('name each message once', () => {
    const keys = areas.flatMap((area) => Object.keys(read('fr', area)));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('are set as a typographer would', () => {
    const wrong = (language: string, pattern: RegExp) => all(language).filter(({ words }) => pattern.test(words));
    for (const language of LANGUAGES) {
      expect(wrong(language, /'/), `straight apostrophe, ${language}`).toEqual([]);
      expect(wrong(language, /\.\.\./), `three dots, ${language}`).toEqual([]);
      expect(wrong(language, /\u202f/), `narrow space, ${language}`).toEqual([]);
      expect(wrong(language, /!/), `exclamation mark, ${language}`).toEqual([]);
    }
    expect(wrong('fr', /(?<!\u00a0)[:;?!%€»](?!\S)/), 'a sign that may begin a line').toEqual([]);
    expect(wrong('fr', /«(?!\u00a0)/), 'a quotation mark that may end a line').toEqual([]);
    expect(wrong('fr', /·/), 'point médian').toEqual([]);
  });
});
