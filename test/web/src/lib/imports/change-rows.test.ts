import { describe, expect, it } from 'vitest';
import { cellsOf, headsOf } from '#lib/imports/change-rows.ts';
import { ChangeKind, type ImportChange } from '#shared/directory/import.ts';

const of = (change: Partial<ImportChange> & Pick<ImportChange, 'kind'>): string[] =>
  cellsOf({ familyName: 'Lemoine', givenName: 'Inès', ...change });

describe('a line of the differences', () => {
  it('has as many cells as its table has heads, whatever it lacks', () => {
    for (const kind of ChangeKind.options) expect(cellsOf({ kind }), kind).toHaveLength(headsOf(kind).length);
  });

  it('tells where an arriving pupil goes, and that a class is missing', () => {
    expect(of({ kind: 'arrival', door: 'pupil', to: '5 B' })).toEqual(['LEMOINE Inès', 'Élève', '5 B']);
    expect(of({ kind: 'arrival', door: 'pupil', returns: true })).toEqual([
      'LEMOINE Inès',
      'Élève',
      'sans classe. De retour dans l’établissement',
    ]);
    expect(of({ kind: 'arrival', door: 'teacher' })).toEqual(['LEMOINE Inès', 'Enseignant', '']);
  });

  it('names what changes in the words of a school, and a field it does not know by its own', () => {
    expect(of({ kind: 'change', door: 'guardian', fields: ['email', 'phones'] })[2]).toBe('courriel, téléphones');
    expect(of({ kind: 'change', door: 'guardian', fields: ['shoeSize'] })[2]).toBe('shoeSize');
  });

  it('tells a class move from its two classes', () => {
    expect(of({ kind: 'class-move', from: '5 A', to: '5 B' }).slice(1)).toEqual(['5 A', '5 B']);
    expect(of({ kind: 'class-move', to: '5 B' }).slice(1)).toEqual(['sans classe', '5 B']);
  });

  it('says why somebody loses a child, and that they will notice', () => {
    const lost = { kind: 'link-lost' as const, pupilName: 'LEMOINE Noa' };
    expect(of({ ...lost, reason: 'missing', activated: true })[2]).toBe('N’est plus dans le fichier Responsables. A un compte actif');
    expect(of({ ...lost, reason: 'missing', activated: false })[2]).toBe('N’est plus dans le fichier Responsables');
    expect(of({ ...lost, reason: 'lowered', from: '1', to: '3' })[2]).toBe('Niveau de responsabilité abaissé de 1 à 3');
    expect(of({ ...lost, reason: 'siecle-prevails' })[2]).toContain('SIECLE');
  });
});
