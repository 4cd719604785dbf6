import { describe, expect, it } from 'vitest';
import { defaultReasons } from '../../../../../shared/attendance/default-reasons.ts';
import { setReasons } from '../../../../../shared/attendance/treatment-routes.ts';
import { given, moved, newLine, proposed } from '../../../../../web/src/lib/school-settings/reasons.ts';

const list = { reasons: [...defaultReasons('secondary')], retired: [] };

describe('the list of reasons on its page', () => {
  it('sends the whole list as the route takes it; what the law says of a reason is not the school’s to send', () => {
    const reasons = given([...list.reasons, { ...newLine(), label: ' Grève des cars ' }]);
    expect(setReasons.body.safeParse({ basedOn: 0, reasons }).success).toBe(true);
    expect(reasons.at(-1)).toMatchObject({ label: 'Grève des cars' });
    expect(setReasons.body.safeParse({ basedOn: 0, reasons: list.reasons }).success).toBe(false);
  });

  it('proposes another kind’s list under the ids that the school knows, and new ones for what it does not', () => {
    const primary = proposed('primary', list);
    expect(primary.find(({ label }) => label === 'Maladie')).toMatchObject({ reasonId: 'r_illness' });
    expect(primary.find(({ label }) => label.startsWith('Temps aménagé'))).not.toHaveProperty('reasonId');
  });

  it('moves a line by a place, and leaves it at either end', () => {
    const lines = ['a', 'b', 'c'].map((label) => ({ ...newLine(), label }));
    const labels = (at: number, by: -1 | 1) => moved(lines, at, by).map(({ label }) => label);
    expect(labels(1, -1)).toEqual(['b', 'a', 'c']);
    expect(labels(1, 1)).toEqual(['a', 'c', 'b']);
    expect([labels(0, -1), labels(2, 1)]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });
});
