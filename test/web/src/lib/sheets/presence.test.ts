import { describe, expect, it } from 'vitest';
import { byClass, countOf, type Placed, type Presence, stateIn, tableOf, whereIn } from '../../../../../web/src/lib/sheets/presence.ts';

const NBSP = '\u00a0';
const pupil = (pupilId: string, more: Partial<Placed> = {}): Placed => ({
  pupilId,
  familyName: 'Ferry',
  givenName: 'Zoé',
  state: 'unknown',
  ...more,
});
const lesson = (more: Partial<Presence['lessons'][number]> = {}): Presence['lessons'][number] => ({
  lessonId: 'l_sport010',
  startMinute: 600,
  endMinute: 655,
  subject: 'MATHEMATIQUES',
  groupIds: [],
  groupLabels: [],
  rooms: ['104'],
  unscheduled: false,
  called: true,
  ...more,
});

describe('the evacuation sheet', () => {
  it('is one sheet a class, pupils without one last', () => {
    const sheets = byClass([pupil('a'), pupil('b', { classLabel: '5B' }), pupil('c', { classLabel: '5B' })]);
    expect(sheets.map(({ label, pupils }) => [label, pupils.map(({ pupilId }) => pupilId)])).toEqual([
      [`5e${NBSP}B`, ['b', 'c']],
      ['Sans classe', ['a']],
    ]);
  });

  it('counts each pupil once', () => {
    const counts = countOf([pupil('a'), pupil('b', { state: 'present' }), pupil('c', { state: 'present' })]);
    expect(counts).toEqual({ present: 2, elsewhere: 0, absent: 0, out: 0, unknown: 1 });
  });

  it('says where to look, and of whom nobody knows what was last said', () => {
    const said = (of: Partial<Placed>, lessons: Presence['lessons'] = []) => whereIn(pupil('a', of), lessons);
    expect(said({ state: 'present', lesson: 0 }, [lesson()])).toBe('Mathematiques, salle 104');
    expect(said({ state: 'present', lesson: 0 }, [lesson({ rooms: ['Gymnase'] })])).toBe('Mathematiques, Gymnase');
    expect(said({ state: 'elsewhere', word: { says: 'elsewhere', minute: 600, place: 'infirmary' } })).toBe('Infirmerie');
    expect(said({ state: 'absent', word: { says: 'absent', minute: 480 } })).toBe(`Depuis 8${NBSP}h`);
    expect(said({ state: 'absent', word: { says: 'absent', minute: 0, announced: true } })).toBe('Absence annoncée');
    expect(said({ word: { says: 'present', minute: 480 } })).toBe(`Pas de cours, présence à 8${NBSP}h`);
    expect(said({ lesson: 0, word: { says: 'absent', minute: 480 } }, [lesson({ called: false })])).toBe(
      `Mathematiques, salle 104, appel pas fait, absence à 8${NBSP}h`,
    );
  });

  it('speaks of a girl and of a boy', () => {
    expect([stateIn(pupil('a', { sex: 'F' })), stateIn(pupil('a', { sex: 'M' }))]).toEqual(['Inconnue', 'Inconnu']);
  });

  it('keeps apart who will be missed at table, who may be, and whose regime nobody said', () => {
    const pupils = [pupil('a', { table: 'away', regime: 'half-board' }), pupil('b', { table: 'unsure', regime: 'boarder' }), pupil('c')];
    const { away, unsure, withoutRegime } = tableOf({ date: '', now: '', timeZone: '', schoolDay: true, lessons: [], pupils });
    expect([away.map(({ pupilId }) => pupilId), unsure.map(({ pupilId }) => pupilId), withoutRegime]).toEqual([['a'], ['b'], 1]);
  });
});
