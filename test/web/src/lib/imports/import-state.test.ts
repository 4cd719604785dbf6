import { describe, expect, it } from 'vitest';
import {
  askAgainIn,
  changesIn,
  firstSort,
  hasDifferences,
  isAnswered,
  secondsLeft,
  sortsShown,
  stepOf,
} from '#lib/imports/import-state.ts';
import { shownImport } from '#lib/imports/shown-import.ts';
import { applyWords, changesWords, sourcesWords, stateWord } from '#lib/imports/words.ts';
import { ImportState } from '#shared/directory/import.ts';
import { readImport } from '#shared/directory/routes.ts';

const answered = readImport.answer.parse(readImport.example.answer);
const { counts: NONE } = shownImport({ ...answered, counts: undefined });

describe('an answer', () => {
  it('that leaves out its counts counts nothing', () => {
    expect(changesIn(NONE)).toBe(0);
    expect(NONE.anomalies).toBe(0);
  });
  it('keeps what it says', () => {
    expect(shownImport(answered).counts.arrivals).toBe(answered.counts.arrivals);
  });
});

describe('the differences', () => {
  it('are counted without the anomalies, which change nothing', () => {
    expect(changesIn({ ...NONE, arrivals: 12, changes: 34, classMoves: 6, departures: 5, anomalies: 4 })).toBe(57);
  });

  it('show what a director asks about even at zero, and the rest only when there is any', () => {
    expect(sortsShown(NONE)).toEqual(['arrival', 'change', 'class-move', 'departure', 'link-lost', 'anomaly']);
    expect(sortsShown({ ...NONE, groups: 1, linksMade: 1 })).toContain('group');
  });

  it('open at what is wrong, then at who loses access, then at whatever there is', () => {
    expect(firstSort({ ...NONE, arrivals: 3, linksLost: 1, anomalies: 1 })).toBe('anomaly');
    expect(firstSort({ ...NONE, arrivals: 3, linksLost: 1 })).toBe('link-lost');
    expect(firstSort({ ...NONE, classMoves: 1 })).toBe('class-move');
    expect(firstSort(NONE)).toBe('anomaly');
  });

  it('are not there before the files were read', () => {
    const at = (state: ImportState) => hasDifferences({ state, counts: NONE, total: 0 });
    expect(ImportState.options.filter(at)).toEqual(['inspected', 'unchanged', 'applying', 'done']);
    expect(hasDifferences({ state: 'interrupted', counts: { ...NONE, arrivals: 1 }, total: 3 })).toBe(true);
  });
});

describe('a page that waits', () => {
  it('asks often while something moves, seldom when it stands still, never once it is settled', () => {
    const often = askAgainIn({ state: 'applying', stalled: false });
    expect(often).toBeLessThan(askAgainIn({ state: 'applying', stalled: true }) ?? 0);
    expect(askAgainIn({ state: 'inspecting', stalled: false })).toBe(often);
    for (const state of ['inspected', 'unchanged', 'refused', 'done', 'interrupted'] as const)
      expect(askAgainIn({ state, stalled: false })).toBeUndefined();
  });

  it('tells the time left from the pace it has seen', () => {
    expect(secondsLeft({ at: 0, cursor: 10 }, { at: 4000, cursor: 20 }, 30)).toBe(4);
    expect(secondsLeft({ at: 0, cursor: 10 }, { at: 4000, cursor: 11 }, 30)).toBeUndefined();
    expect(secondsLeft(undefined, { at: 4000, cursor: 20 }, 30)).toBeUndefined();
  });
});

describe('what is asked', () => {
  it('is answered when each question is', () => {
    expect(isAnswered([], [])).toBe(true);
    expect(isAnswered(['other-year', 'many-departures'], ['many-departures', 'other-year'])).toBe(true);
    expect(isAnswered(['other-year', 'many-departures'], ['other-year'])).toBe(false);
  });
});

describe('the words', () => {
  it('of the button say its effect', () => {
    expect(applyWords({ ...NONE, arrivals: 57 })).toBe('Appliquer 57 changements');
    expect(applyWords({ ...NONE, arrivals: 1 })).toBe('Appliquer 1 changement');
    expect(applyWords({ ...NONE, courses: 900 })).toBe('Appliquer l’emploi du temps');
    expect(applyWords(NONE)).toBe('Appliquer les mises à jour');
  });

  it('of the end say what was done', () => {
    expect(changesWords({ ...NONE, arrivals: 2, departures: 1 })).toBe('3 changements');
    expect(changesWords({ ...NONE, courses: 900 })).toBe('Emploi du temps mis à jour');
  });

  it('of a state say first that it stands still', () => {
    expect(stateWord({ state: 'applying', stalled: false })).toBe('Application en cours');
    expect(stateWord({ state: 'applying', stalled: true })).toBe('Arrêté en chemin');
  });

  it('of the sources say what the files are, else how they are called', () => {
    const file = { name: 'a.xml', size: 1 };
    expect(
      sourcesWords({
        files: [
          { ...file, formats: ['siecle-pupils'] },
          { ...file, formats: ['edt'] },
        ],
      }),
    ).toBe('SIECLE Élèves, EDT ou PRONOTE');
    expect(sourcesWords({ files: [{ ...file, formats: [] }] })).toBe('a.xml');
  });
});

describe('the steps', () => {
  it('follow the import', () => {
    const step = (state: ImportState, cursor = 0) => stepOf({ state, cursor });
    expect([step('uploading'), step('refused')]).toEqual([1, 1]);
    expect([step('inspecting'), step('inspected'), step('unchanged')]).toEqual([2, 2, 2]);
    expect([step('applying'), step('done')]).toEqual([3, 3]);
    expect([step('interrupted'), step('interrupted', 4)]).toEqual([2, 3]);
  });
});
