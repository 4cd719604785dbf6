import { describe, expect, it } from 'vitest';
import { MOST_BYTES, MOST_FILES, problemOf, sentName, sizeWords, withFiles } from '#lib/imports/chosen-files.ts';
import { startImport } from '#shared/directory/routes.ts';

const file = (name: string, size = 100) => ({ name, size });

describe('a chosen file', () => {
  it('may be XML or a zip, whatever the case of its ending', () => {
    for (const name of ['ElevesSansAdresses.xml', 'STS_EMP.XML', 'ExportXML_ElevesSansAdresses.zip'])
      expect(problemOf(file(name))).toBeUndefined();
  });

  it('is told apart from a table, an empty file and one that is too large before anything is sent', () => {
    expect(problemOf(file('eleves.xlsx'))).toBe('kind');
    expect(problemOf(file('eleves.xml', 0))).toBe('empty');
    expect(problemOf(file('eleves.xml', MOST_BYTES))).toBeUndefined();
    expect(problemOf(file('eleves.xml', MOST_BYTES + 1))).toBe('size');
  });

  it('has the bounds that the API has', () => {
    const of = (files: { name: string; size: number }[]) => startImport.body?.safeParse({ files }).success;
    const many = (count: number) => Array.from({ length: count }, () => file('a.xml'));
    expect(of(many(MOST_FILES))).toBe(true);
    expect(of(many(MOST_FILES + 1))).toBe(false);
    expect(of([file('a.xml', MOST_BYTES)])).toBe(true);
    expect(of([file('a.xml', MOST_BYTES + 1)])).toBe(false);
    expect(of([file(sentName(file(`${'a'.repeat(300)}.xml`)))])).toBe(true);
    expect(sentName(file(`${'a'.repeat(300)}.xml`))).toMatch(/a\.xml$/);
  });
});

describe('choosing again', () => {
  it('adds to what is there', () => {
    expect(withFiles([file('a.xml')], [file('b.xml')]).map(({ name }) => name)).toEqual(['a.xml', 'b.xml']);
  });

  it('takes the newer of two files of one name', () => {
    expect(withFiles([file('a.xml', 1), file('b.xml', 2)], [file('a.xml', 3)])).toEqual([file('b.xml', 2), file('a.xml', 3)]);
    expect(withFiles([], [file('a.xml', 1), file('a.xml', 2)])).toEqual([file('a.xml', 2)]);
  });
});

describe('the size of a file', () => {
  it('is said as people say it', () => {
    expect(sizeWords(5_412_000)).toBe('5,4\u00a0Mo');
    expect(sizeWords(60_000_000)).toBe('60\u00a0Mo');
    expect(sizeWords(812_345)).toBe('812\u00a0ko');
    expect(sizeWords(12)).toBe('12\u00a0octets');
  });
});
