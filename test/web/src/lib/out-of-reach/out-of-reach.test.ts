import { describe, expect, it } from 'vitest';
import { type Household, ofPeople, remedyOf, sinceOf, whyOf } from '../../../../../web/src/lib/out-of-reach/out-of-reach.ts';

const email = 'claire@example.org';
const person = (guardianId: string, phones: Household['people'][number]['phones'] = []): Household['people'][number] => ({
  ...{ guardianId, familyName: 'LEMOINE', givenName: 'Claire', reason: 'bounced', times: 1, email, phones },
});
const household = (...people: Household['people']): Household => ({
  householdId: '1',
  since: '2026-09-15T22:30:00.000Z',
  pupils: [],
  people,
});

describe('a household out of reach, on its page', () => {
  it('says why in a sentence, with the address that failed', () => {
    expect(whyOf({ reason: 'bounced', times: 1, email })).toBe('claire@example.org a refusé notre message.');
    expect(whyOf({ reason: 'bounced', times: 3, email })).toBe('claire@example.org a refusé 3 messages.');
    expect(whyOf({ reason: 'complaint', times: 1, email })).toContain('indésirables');
    expect(whyOf({ reason: 'refused', times: 1, email })).toContain('valable');
    expect(whyOf({ reason: 'no-address', times: 4 })).toBe('Pas d’adresse de courriel.');
  });

  it('says since when by the school’s own day', () => {
    expect(sinceOf(household(), 'Europe/Paris')).toBe('mercredi 16 septembre');
    expect(sinceOf(household(), 'America/Martinique')).toBe('mardi 15 septembre');
  });

  it('is to be called where anybody has a number, else written to', () => {
    expect(remedyOf(household(person('p_a'), person('p_b', [{ kind: 'mobile', number: '06 39 98 01 17' }])))).toContain('Appeler');
    expect(remedyOf(household(person('p_a'), person('p_b')))).toContain('lettre');
  });

  it('is found by anybody who belongs to it', () => {
    const found = household(person('p_a'), person('p_b'));
    expect(ofPeople({ households: [found] }, ['p_x', 'p_b'])).toEqual([found]);
    expect(ofPeople({ households: [found] }, ['p_x'])).toEqual([]);
  });
});
