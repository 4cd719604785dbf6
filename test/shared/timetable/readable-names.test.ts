import { describe, expect, it } from 'vitest';
import { groupName, groupNames, subjectName } from '../../../shared/timetable/readable-names.ts';

describe('names of exports', () => {
  it('are read aloud, not shouted', () => {
    expect(subjectName('SCIENCES DE LA VIE ET DE LA TERRE')).toBe('Sciences de la vie et de la terre');
    expect(subjectName('MATHEMATIQUES')).toBe('Mathematiques');
    expect(subjectName('ALLEMAND LV2')).toBe('Allemand LV2');
    expect(subjectName('EPS')).toBe('EPS');
    expect(subjectName('Éducation musicale')).toBe('Éducation musicale');
  });

  it('of classes are written as people write them, and codes nobody knows stay', () => {
    expect(groupName('5B')).toBe('5e\u00a0B');
    expect(groupName('5 B')).toBe('5e\u00a0B');
    expect(groupName('3EME 2')).toBe('3e\u00a02');
    expect(groupName('6D GROUPE 2')).toBe('6e\u00a0D groupe 2');
    expect(groupName('ULIS')).toBe('ULIS');
    expect(groupName('Classe de M. Machin')).toBe('Classe de M. Machin');
    expect(groupName('4ALL.1')).toBe('4ALL.1');
    expect(groupNames(['5B', 'CE2'])).toBe('5e\u00a0B, CE2');
  });
});
