import { describe, expect, it } from 'vitest';
import { changeSettings } from '../../../../../shared/directory/routes.ts';
import { openHalfDaysOf, School } from '../../../../../shared/directory/school.ts';
import {
  accessOf,
  gridOf,
  halfDaysOf,
  minuteOf,
  ofAccess,
  ofHalfDays,
  openIn,
  type SchoolNow,
  tellingOf,
  thresholdsOf,
  timeOf,
  usuallyOpen,
} from '../../../../../web/src/lib/school-settings/drafts.ts';

const school = School.parse({ uai: '0352072V', name: 'Collège des Tilleuls' }) as SchoolNow;

describe('the settings on their page', () => {
  it('has the half-days that a school counts until it says otherwise', () => {
    for (const kind of ['primary', 'secondary'] as const) expect(usuallyOpen(kind)).toEqual(openHalfDaysOf({ kind }));
  });

  it('gives back each half-day as it was ticked', () => {
    const open = usuallyOpen('primary');
    expect(openIn(gridOf(open))).toEqual(open);
    expect(openIn({ ...gridOf([]), '3-morning': true })).toEqual([{ weekday: 3, half: 'morning' }]);
  });

  it('writes the switch time as a field for times has it, and reads it back', () => {
    expect([timeOf(750), timeOf(5)]).toEqual(['12:30', '00:05']);
    for (const minute of [0, 59, 750, 1439]) expect(minuteOf(timeOf(minute))).toBe(minute);
  });

  it('sends what the route takes, section by section, and nothing else', () => {
    const sections = [tellingOf(school), ofHalfDays(halfDaysOf(school)), thresholdsOf(school), ofAccess(accessOf(school))];
    for (const body of sections) expect(changeSettings.body.safeParse(body).success).toBe(true);
    expect(changeSettings.body.safeParse({ ...sections[0], grace: 3 }).success).toBe(false);
    const ecole = ofHalfDays({ ...halfDaysOf(school), kind: 'primary' });
    expect(changeSettings.body.safeParse(ecole).success).toBe(true);
    const all = [...new Set([...sections, ecole].flatMap(Object.keys))];
    // Every setting has one place on the page.
    expect(all.toSorted()).toEqual(Object.keys({ ...school.settings, openHalfDays: [] }).toSorted());
  });

  it('asks an école for its hours, and takes an empty second call for none', () => {
    const { hours, ...draft } = { ...halfDaysOf(school), kind: 'primary' as const };
    expect(hours.morning).toEqual({ start: '08:30', second: '10:15', end: '11:30' });
    const changed = ofHalfDays({ ...draft, hours: { ...hours, morning: { start: '08:45', second: '', end: '11:45' } } });
    expect(changed).toMatchObject({ morningHours: { startMinute: 525, endMinute: 705 }, afternoonHours: school.settings.afternoonHours });
    expect(changed.morningHours).not.toHaveProperty('secondMinute');
    expect(ofHalfDays({ ...draft, kind: 'secondary', hours })).not.toHaveProperty('morningHours');
  });

  it('does not take an address away that was emptied', () => {
    expect(ofAccess({ ...accessOf(school), email: ' ', phone: '' })).not.toHaveProperty('schoolLifeEmail');
    expect(ofAccess({ ...accessOf(school), email: ' vs@example.org ' })).toMatchObject({ schoolLifeEmail: 'vs@example.org' });
    expect(ofAccess({ ...accessOf(school), departuresPercent: 7 })).toMatchObject({ departuresToConfirm: 0.07 });
  });
});
