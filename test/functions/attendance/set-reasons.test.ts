import { describe, expect, it } from 'vitest';
import { listReasons } from '../../../functions/attendance/list-reasons.ts';
import { setReasons } from '../../../functions/attendance/set-reasons.ts';
import { aSchool, brun, request, UAI } from './a-school.ts';

const reasonsOf = (school: ReturnType<typeof aSchool>) => {
  const list = () => listReasons({ params: { uai: UAI }, caller: brun, ...request(undefined) }, school.ports);
  type Given = Parameters<typeof setReasons>[0]['body']['reasons'];
  const set = (basedOn: number, reasons: Given) =>
    setReasons({ params: { uai: UAI }, caller: brun, ...request({ basedOn, reasons }) }, school.ports);
  return { list, set };
};
const withoutLegal = ({ legal: _, ...reason }: Awaited<ReturnType<typeof listReasons>>['reasons'][number]) => reason;

describe('the school’s reasons', () => {
  it('are those of schools of its kind until it sets its own', async () => {
    const { list, set } = reasonsOf(aSchool());
    const before = await list();
    expect(before).toMatchObject({ rev: 0, retired: [] });
    const { reasonId: _, ...mine } = withoutLegal(before.reasons[5] as (typeof before.reasons)[number]);
    const after = await set(0, [{ ...mine, label: 'Grève des transports' }, ...before.reasons.slice(0, 3).map(withoutLegal)]);
    expect(after.reasons.map(({ label }) => label)).toEqual([
      'Grève des transports',
      ...before.reasons.slice(0, 3).map(({ label }) => label),
    ]);
    expect(await list()).toEqual(after);
  });

  it('keep the words of what is no longer offered, and the law’s mark of what is', async () => {
    const { list, set } = reasonsOf(aSchool());
    const before = await list();
    const after = await set(
      0,
      before.reasons.slice(0, 1).map((reason) => ({ ...withoutLegal(reason), label: 'Malade' })),
    );
    expect(after.reasons).toMatchObject([{ reasonId: 'r_illness', label: 'Malade', legal: 'illness' }]);
    expect(after.retired).toHaveLength(before.reasons.length - 1);
    const again = await set(1, [...after.reasons, ...after.retired.slice(0, 1)].map(withoutLegal));
    expect(again.reasons).toHaveLength(2);
    expect(again.retired).toHaveLength(before.reasons.length - 2);
  });

  it('are not mixed by two people who change them at once', async () => {
    const { list, set } = reasonsOf(aSchool());
    const { reasons } = await list();
    const some = reasons.slice(0, 2).map(withoutLegal);
    await set(0, some);
    await expect(set(0, some)).rejects.toMatchObject({ code: 'attendance.reasons-changed', details: { rev: 1 } });
    await expect(set(1, some)).resolves.toMatchObject({ rev: 2 });
  });

  it('refuse a word twice and an id that is nobody’s', async () => {
    const school = aSchool();
    const { list, set } = reasonsOf(school);
    const [first, second] = (await list()).reasons.map(withoutLegal) as [Parameters<typeof set>[1][0], Parameters<typeof set>[1][0]];
    await expect(set(0, [first, first])).rejects.toMatchObject({ code: 'attendance.reason-twice' });
    await expect(set(0, [first, { ...second, label: 'MALADIE' }])).rejects.toMatchObject({ code: 'attendance.reason-twice' });
    await expect(set(0, [{ ...first, reasonId: 'r_nobodys' }])).rejects.toMatchObject({ code: 'attendance.reason-unknown' });
    expect(school.store.items('reasons')).toEqual([]);
  });
});
