import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REFUSALS, refusalPlace, refusalWords } from '#lib/imports/refusal-words.ts';

const readers = new URL('../../../../../functions/directory/formats/', import.meta.url);
/** Every refusal that a reader of files can throw, as its source says it. */
const thrown = new Set(
  readdirSync(readers).flatMap((name) =>
    [...readFileSync(new URL(name, readers), 'utf8').matchAll(/'(directory\.[a-z-]+)'/g)].map(([, code]) => code as string),
  ),
);

describe('a refusal', () => {
  it('has words of its own for every code that a reader can give', () => {
    expect(thrown.size).toBeGreaterThan(15);
    // The inspection gives another school’s file a name of its own.
    const known = new Set([...Object.keys(REFUSALS), 'directory.file-of-another-school']);
    expect([...thrown].filter((code) => !known.has(code))).toEqual([]);
  });

  it('names both schools when a file is another school’s', () => {
    const words = refusalWords({ code: 'directory.other-school', found: '0750001A' }, 'Les Tilleuls');
    expect(words).toBe('Ce fichier vient de l’établissement 0750001A. Vous importez dans «\u00a0Les Tilleuls\u00a0».');
  });

  it('has something to say for a code it does not know, and only then', () => {
    const unknown = refusalWords({ code: 'directory.from-tomorrow' }, 'Les Tilleuls');
    expect(unknown).toContain('n’ont pas pu être lus');
    for (const code of Object.keys(REFUSALS)) expect(refusalWords({ code, found: 'X' }, 'Les Tilleuls')).not.toBe(unknown);
  });

  it('says where, as far as it is known', () => {
    expect(refusalPlace({ code: 'directory.file-malformed', file: 'a.xml', line: 12 })).toBe('Dans a.xml, ligne 12.');
    expect(refusalPlace({ code: 'directory.file-empty', file: 'a.xml' })).toBe('Dans a.xml.');
    expect(refusalPlace({ code: 'directory.school-unknown' })).toBeUndefined();
  });
});
