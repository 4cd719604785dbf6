import { describe, expect, it } from 'vitest';
import {
  byName,
  dateAt,
  dayInTable,
  dayOf,
  dayOfYear,
  firstNameFirst,
  hour,
  hourAt,
  lastNameFirst,
  mark,
  minuteAt,
  money,
  number,
  percent,
  sentence,
  span,
} from '#lib/format/format.ts';

const spaced = (text: string) => text.replaceAll('\u00a0', '~');

describe('hours', () => {
  it('says the minutes only when there are some', () => {
    expect(spaced(hour(9 * 60))).toBe('9~h');
    expect(spaced(hour(9 * 60 + 5))).toBe('9~h~05');
  });
  it('uses a colon in English', () => {
    expect(hour(9 * 60, 'en')).toBe('9:00');
  });
  it('keeps a span on one line', () => {
    expect(spaced(span(540, 595))).toBe('9~h~–~9~h~55');
  });
  it('reads an instant on the clock of the school, on both sides of a change of hour and overseas', () => {
    expect(minuteAt('2026-10-24T07:05:00.000Z', 'Europe/Paris')).toBe(9 * 60 + 5);
    expect(minuteAt('2026-10-26T07:05:00.000Z', 'Europe/Paris')).toBe(8 * 60 + 5);
    expect(spaced(hourAt('2026-10-26T07:05:00.000Z', 'Indian/Reunion'))).toBe('11~h~05');
    expect(minuteAt('2026-10-25T23:00:00.000Z', 'Europe/Paris')).toBe(0);
  });
});

describe('dates', () => {
  it('names the day without a capital, and the first of the month as first', () => {
    expect(dayOf('2026-11-23')).toBe('lundi 23 novembre');
    expect(dayOf('2026-09-01')).toBe('mardi 1er septembre');
    expect(dayOfYear('2026-09-01')).toBe('1er septembre 2026');
  });
  it('does not take the eleventh or the twenty-first for the first', () => {
    expect(dayOf('2026-09-11')).toBe('vendredi 11 septembre');
    expect(dayOf('2026-09-21')).toBe('lundi 21 septembre');
  });
  it('speaks English to who chose it', () => {
    expect(dayOf('2026-09-01', 'en')).toBe('Tuesday 1 September');
  });
  it('writes digits in tables', () => {
    expect(dayInTable('2014-07-04')).toBe('04/07/2014');
  });
  it('begins a title with a capital', () => {
    expect(sentence(dayOf('2026-11-23'))).toBe('Lundi 23 novembre');
  });
  it('knows that midnight has passed at the school before it has in London', () => {
    expect(dateAt('2026-11-22T23:30:00.000Z', 'Europe/Paris')).toBe('2026-11-23');
    expect(dateAt('2026-11-22T23:30:00.000Z', 'Europe/London')).toBe('2026-11-22');
  });
});

describe('numbers', () => {
  it('separate thousands by the only unbreakable space that the font holds', () => {
    expect(spaced(number(21975))).toBe('21~975');
    expect(number(1_234_567)).not.toContain('\u202f');
  });
  it('give marks, percentages and money as they are written in French', () => {
    expect(spaced(mark(15.5, 20))).toBe('15,5~/~20');
    expect(spaced(percent(0.914))).toBe('91,4~%');
    expect(spaced(money(0.12))).toBe('0,12~€');
    expect(spaced(money(2637))).toBe('2~637~€');
    expect(spaced(number(12, { decimals: 1 }))).toBe('12,0');
  });
});

describe('names', () => {
  it('stand in capitals with their accents in staff lists', () => {
    expect(lastNameFirst({ givenName: 'Inès', familyName: 'Lemoine' })).toBe('LEMOINE Inès');
    expect(lastNameFirst({ givenName: 'Zoé', familyName: 'Élie' })).toBe('ÉLIE Zoé');
  });
  it('are not shouted at families, whatever the school file says', () => {
    expect(firstNameFirst({ givenName: 'Inès', familyName: 'LEMOINE' })).toBe('Inès Lemoine');
    expect(firstNameFirst({ givenName: 'ZOÉ', familyName: "LE GOFF-D'ÉLIE" })).toBe("Zoé Le Goff-D'Élie");
    expect(firstNameFirst({ givenName: 'Ronan', familyName: 'McCartan' })).toBe('Ronan McCartan');
  });
  it('are sorted as in a French dictionary', () => {
    const names = ['Zola', 'Élie', 'Eluard', 'Ebert'].map((familyName) => ({ givenName: 'A', familyName }));
    expect(names.sort(byName).map(({ familyName }) => familyName)).toEqual(['Ebert', 'Élie', 'Eluard', 'Zola']);
  });
});
