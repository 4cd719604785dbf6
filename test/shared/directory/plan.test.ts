import { describe, expect, it } from 'vitest';
import { type PersonUnit, personAfter, schoolLinkOf, writesOfPerson } from '../../../shared/directory/plan.ts';
import { PersonItem } from '../../../shared/directory/table.ts';

const uai = '0134567A';
const TODAY = '2026-09-15';
const unit: PersonUnit = {
  unit: 'person',
  personId: 'p_claire000',
  door: 'guardian',
  described: { familyName: 'MARTIN', givenName: 'Claire', email: 'claire@example.org', phones: [] },
  by: 'siecle',
  sources: { siecle: '501' },
};
const person = (changes: object = {}) => PersonItem.parse({ ...personAfter(uai, unit, undefined, TODAY), rev: 1, ...changes });

describe('a unit of a plan', () => {
  it('writes nothing when all is so already', () => {
    const [put] = writesOfPerson(uai, unit, { person: undefined, links: new Map() }, TODAY);
    expect(put).toMatchObject({ put: 'person', when: { absent: true } });
    expect(writesOfPerson(uai, unit, { person: person(), links: new Map() }, TODAY)).toEqual([]);
  });
  it('writes person and card together, on the revision it read', () => {
    const writes = writesOfPerson(uai, unit, { person: person({ email: 'old@example.org', rev: 7 }), links: new Map() }, TODAY);
    expect(writes).toMatchObject([
      { put: 'person', item: { email: 'claire@example.org', rev: 8 }, when: { is: { rev: 7 } } },
      { update: 'card', key: { personId: 'p_claire000' } },
    ]);
  });
  it('takes away an attribute that the file says is gone, and keeps one it cannot know', () => {
    const was = person({ civility: 'Mme' });
    expect(
      personAfter(uai, { ...unit, described: { familyName: 'MARTIN', givenName: 'Claire', email: null } }, was, TODAY),
    ).not.toHaveProperty('email');
    expect(personAfter(uai, unit, was, TODAY)).toHaveProperty('civility', 'Mme');
  });
  it('lets EDT overwrite no name that SIECLE gave, but fill in what is missing', () => {
    const edt: PersonUnit = { ...unit, by: 'edt', described: { familyName: 'Martin-Roux', givenName: 'C.', birthDate: '1980-01-01' } };
    expect(personAfter(uai, edt, person(), TODAY)).toMatchObject({ familyName: 'MARTIN', givenName: 'Claire', birthDate: '1980-01-01' });
    expect(personAfter(uai, edt, person({ sources: { edt: 'PN:1' } }), TODAY)).toMatchObject({ familyName: 'Martin-Roux' });
  });
  it('does not touch an address that the person gave', () => {
    expect(personAfter(uai, unit, person({ email: 'own@example.org', ownEmail: true }), TODAY).email).toBe('own@example.org');
  });
  it('hides who departs at once, and keeps the first day of it', () => {
    const gone = personAfter(uai, { ...unit, departs: true }, person(), TODAY);
    expect(gone).toMatchObject({ departedOn: TODAY, groups: [] });
    expect(gone).not.toHaveProperty('listed');
    expect(schoolLinkOf(gone, [], TODAY)).toMatchObject({ children: [], until: '2026-09-14' });
    expect(personAfter(uai, { ...unit, departs: true }, gone, '2026-10-01').departedOn).toBe(TODAY);
    expect(personAfter(uai, unit, gone, '2026-10-01')).toMatchObject({ listed: 'guardian' });
    expect(personAfter(uai, unit, gone, '2026-10-01')).not.toHaveProperty('departedOn');
  });
});
