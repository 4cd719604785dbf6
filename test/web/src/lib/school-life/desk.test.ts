import { describe, expect, it } from 'vitest';
import { clockOf, gestureOf, guardianSaid, minuteOfClock, readDeskLine } from '#lib/school-life/desk.ts';

const NOW = 8 * 60 + 31;
const read = (text: string) => readDeskLine(text, NOW);
const gesture = (text: string) => gestureOf(read(text), NOW);

describe('a line typed at the desk', () => {
  it('says who arrived, and at what hour', () => {
    expect(read('lemoine arr 8h22')).toEqual({ name: 'lemoine', kind: 'arrived', minute: 502, unread: [] });
    expect(gesture('lemoine arr 8h22')).toEqual({ kind: 'arrived', minute: 502 });
  });

  it.each([
    'Lemoine arrivée à 8 h 22',
    'lemoine ARRIVE 8:22',
    'lemoine arr 822',
    'lemoine arr 0822',
    'lemoine 8h22 arr',
    'lemoine est arrivée à 08h22',
  ])('reads « %s » alike', (text) => expect(gesture(text)).toEqual({ kind: 'arrived', minute: 502 }));

  it('takes now for an arrival or an exit without an hour', () => {
    expect(gesture('benali sorti')).toEqual({ kind: 'left', minute: NOW });
    expect(gesture('benali sortie maintenant')).toEqual({ kind: 'left', minute: NOW });
  });

  it('takes the whole day for an absence without an hour', () => {
    expect(gesture('benali abs')).toEqual({ kind: 'announced', minute: 0 });
  });

  it.each([
    ['benali abs jusqu’à 10h', { kind: 'announced', minute: 0, until: 600 }],
    ["benali abs jusqu'a 10h30", { kind: 'announced', minute: 0, until: 630 }],
    ['benali absent until 10:00', { kind: 'announced', minute: 0, until: 600 }],
    ['benali absence de 9h à 11h', { kind: 'announced', minute: 540, until: 660 }],
    ['benali abs 9h-11h', { kind: 'announced', minute: 540, until: 660 }],
    ['benali abs 14h', { kind: 'announced', minute: 840 }],
  ])('reads « %s »', (text, expected) => expect(gesture(text)).toEqual(expected));

  it('says who announced it', () => {
    expect(read('benali abs jusqu’à 10h par mère')).toMatchObject({ name: 'benali', until: 600, by: 'mère' });
    expect(read('benali abs par Nadia Benali jusqu’à 10h')).toMatchObject({ until: 600, by: 'Nadia Benali' });
  });

  it('keeps names as they are typed, in several words, with accents and hyphens', () => {
    expect(read('Le Goff-Martin Léa').name).toBe('Le Goff-Martin Léa');
    expect(read('Le Goff-Martin Léa arr').name).toBe('Le Goff-Martin Léa');
  });

  it('takes the first word for a name even when it is a word of the desk', () => {
    expect(read('Abs')).toEqual({ name: 'Abs', unread: [] });
    expect(read('Sort arr 8h')).toMatchObject({ name: 'Sort', kind: 'arrived', minute: 480 });
  });

  it('does not take the beginning of a name for a gesture', () => {
    expect(read('dupont arman').kind).toBeUndefined();
    expect(read('dupont sorel').kind).toBeUndefined();
  });

  it('waits for a gesture when only an hour is given', () => {
    expect(read('lemoine 8h22')).toEqual({ name: 'lemoine', minute: 502, unread: [] });
    expect(gesture('lemoine 8h22')).toBeUndefined();
  });

  it.each(['lemoine arr 8h22 bus', 'lemoine arr 8h75', 'lemoine arr 99', 'lemoine arr 8h22 9h', 'lemoine arr par mère', 'lemoine arr abs'])(
    'notes nothing by itself of « %s », which it does not wholly understand',
    (text) => {
      expect(read(text).unread).not.toEqual([]);
      expect(gesture(text)).toBeUndefined();
    },
  );

  it('notes no absence that ends before it begins', () => {
    expect(gesture('benali abs 11h-9h')).toBeUndefined();
  });
});

describe('who announced it', () => {
  const claire = { personId: 'p_1', familyName: 'LEMOINE', givenName: 'Claire', kinship: '10' };
  const paul = { personId: 'p_2', familyName: 'LEMOINE', givenName: 'Paul', kinship: '20' };

  it('is understood by kinship', () => {
    expect(guardianSaid('mère', [claire, paul])).toBe(claire);
    expect(guardianSaid('son père', [claire, paul])).toBe(paul);
    expect(guardianSaid('mum', [claire, paul])).toBe(claire);
  });
  it('is understood by name', () => {
    expect(guardianSaid('paul', [claire, paul])).toBe(paul);
    expect(guardianSaid('lemoine claire', [claire, paul])).toBe(claire);
  });
  it('is nobody when it could be two, or none', () => {
    expect(guardianSaid('lemoine', [claire, paul])).toBeUndefined();
    expect(guardianSaid('mère', [claire, { ...paul, kinship: '10' }])).toBeUndefined();
    expect(guardianSaid('oncle', [claire, paul])).toBeUndefined();
  });
});

describe('a time field', () => {
  it('goes both ways', () => {
    expect(clockOf(502)).toBe('08:22');
    expect(minuteOfClock('08:22')).toBe(502);
  });
  it('gives nothing when it is empty', () => {
    expect(minuteOfClock('')).toBeUndefined();
  });
});
