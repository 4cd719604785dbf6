import { describe, expect, it } from 'vitest';
import { byReader } from '../../../../../web/src/lib/roll-call/remarks.ts';

const kind = (label: string, visible: boolean) => ({ kindId: `k_${label}`, label, visible });

describe('what can be noted', () => {
  it('stands by who will read it, each in the school’s order, without an empty heading', () => {
    const kinds = [kind('incident', false), kind('material', true), kind('praise', true)];
    expect(byReader(kinds)).toEqual([
      { visible: true, kinds: [kinds[1], kinds[2]] },
      { visible: false, kinds: [kinds[0]] },
    ]);
    expect(byReader([kinds[0] as (typeof kinds)[number]]).map(({ visible }) => visible)).toEqual([false]);
  });
});
