import { describe, expect, it } from 'vitest';
import { defaultReasons } from '../../../shared/attendance/default-reasons.ts';
import { LegalReason, ReasonList } from '../../../shared/attendance/reason.ts';

describe.each(['primary', 'secondary'] as const)('the reasons a %s school begins with', (kind) => {
  const reasons = defaultReasons(kind);

  it('are a valid list that marks each legal reason once, all admissible', () => {
    expect(ReasonList.parse(reasons)).toEqual(reasons);
    const legal = reasons.filter((reason) => reason.legal !== undefined);
    expect(legal.map((reason) => reason.legal).sort()).toEqual([...LegalReason.options].sort());
    expect(legal.every(({ admissible }) => admissible)).toBe(true);
  });

  it('have a reason for each thing a guardian can answer, but « autre »', () => {
    const proposed = reasons.flatMap(({ proposedFor }) => proposedFor ?? []).sort();
    expect(proposed).toEqual(['appointment', 'family', 'illness', 'transport', 'travel']);
  });

  it('leave nothing under the school’s responsibility to guardians', () => {
    const own = reasons.filter(({ outsideSchool }) => !outsideSchool);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ usableByGuardians }) => usableByGuardians)).toEqual([]);
  });
});
