import { describe, expect, it } from 'vitest';
import {
  DELIVERY_STATES,
  FROM,
  isUnsent,
  mayHaveBeenTold,
  needsCall,
  type Transition,
  wasAccepted,
  when,
} from '../../../shared/notifications/delivery.ts';

/** Where each transition leads: kept apart from the code, which writes the target beside the act. */
const TO: Record<Transition, string> = {
  hold: 'held',
  release: 'pending',
  hasten: 'pending',
  claim: 'claimed',
  giveBack: 'pending',
  accept: 'accepted',
  cancel: 'cancelled',
  cancelClaimed: 'cancelled',
  revive: 'pending',
  read: 'delivered',
  doubt: 'ambiguous',
  resend: 'pending',
  abandon: 'unreachable',
  deliver: 'delivered',
  deliverAfterBounce: 'delivered',
  bounceAfterPassing: 'bounced',
  bouncePassing: 'bounced',
  bounce: 'bounced',
  complain: 'complained',
};

describe('the states of a row', () => {
  it('are each reached from pending', () => {
    const reached = new Set(['pending']);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const [name, from] of Object.entries(FROM)) if (from.some((state) => reached.has(state))) reached.add(TO[name as Transition]);
    }
    expect([...reached].sort()).toEqual([...DELIVERY_STATES].sort());
  });

  it('are claimed from pending alone: two claims are never both possible', () => {
    expect(FROM.claim).toEqual(['pending']);
  });

  it('go back to pending only where nothing was sent, or once after a doubt', () => {
    const back = Object.entries(FROM).filter(([name]) => TO[name as Transition] === 'pending');
    expect(new Set(back.flatMap(([, from]) => [...from]))).toEqual(new Set(['pending', 'held', 'claimed', 'cancelled', 'ambiguous']));
  });

  it('never take back a complaint, nor a lasting bounce but for one', () => {
    expect(Object.values(FROM).flat()).not.toContain('complained');
    expect(
      Object.entries(FROM)
        .filter(([, from]) => (from as readonly string[]).includes('bounced'))
        .map(([name]) => name),
    ).toEqual(['deliverAfterBounce', 'bounceAfterPassing', 'complain']);
    for (const transition of ['deliverAfterBounce', 'bounceAfterPassing'] as const)
      expect(when(transition)).toMatchObject({ is: { permanent: false } });
  });
});

it('lets only the holder of a claim move it', () => {
  expect(when('accept', 'k_1')).toEqual({ in: { state: ['claimed', 'ambiguous'] }, is: { fence: 'k_1' } });
  expect(when('claim')).toEqual({ in: { state: ['pending'] } });
});

it('sorts the states: still to send, taken by SES, for a human', () => {
  const sorted = (test: (row: { state: (typeof DELIVERY_STATES)[number] }) => boolean) =>
    DELIVERY_STATES.filter((state) => test({ state }));
  expect(sorted(isUnsent)).toEqual(['pending', 'held']);
  expect(sorted(wasAccepted)).toEqual(['accepted', 'delivered']);
  expect(sorted(needsCall)).toEqual(['bounced', 'complained', 'unreachable']);
});

it('counts a doubt as perhaps told, and a bounce as not', () => {
  const told = (state: (typeof DELIVERY_STATES)[number], resent = false) => mayHaveBeenTold({ state, resent });
  expect(DELIVERY_STATES.filter((state) => told(state))).toEqual(['claimed', 'ambiguous', 'accepted', 'delivered']);
  expect([told('cancelled', true), told('cancelled'), told('bounced', true)]).toEqual([true, false, false]);
  const bounced = { state: 'bounced', resent: false } as const;
  expect([true, false].map((permanent) => mayHaveBeenTold({ ...bounced, permanent }))).toEqual([false, true]);
});
