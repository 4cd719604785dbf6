import { describe, expect, it } from 'vitest';
import { officeSchools } from '#lib/imports/office-schools.ts';
import type { MySchool } from '#shared/directory/routes.ts';

const school = (uai: string, duties: MySchool['duties']): MySchool => ({
  uai,
  name: uai,
  timeZone: 'Europe/Paris',
  personId: 'p_2a3b4c5d6e7f80910a1b2c3d4f',
  duties,
  today: '2026-11-23',
});

describe('the schools of the office', () => {
  it('are those where the caller is office or direction', () => {
    const schools = [school('0990001A', ['school-life']), school('0990002B', ['office']), school('0990003C', ['school-life', 'direction'])];
    expect(officeSchools({ schools }).map(({ uai }) => uai)).toEqual(['0990002B', '0990003C']);
  });

  it('are none for school life alone, which is said as a forbidden page', () => {
    expect(() => officeSchools({ schools: [school('0990001A', ['school-life'])] })).toThrow(expect.objectContaining({ status: 403 }));
  });
});
