import { describe, expect, it } from 'vitest';
import { type ArrangementForm, inTime, type Line, readArrangement } from '#lib/arrangements/arrangement.ts';

const form = (more: Partial<ArrangementForm> = {}): ArrangementForm => ({
  kind: 'outing',
  target: 'g_class5eb',
  from: '2026-11-24',
  until: '2026-11-24',
  weekdays: [],
  without: [],
  title: '',
  ...more,
});

describe('what school life filled in', () => {
  it('is an outing of a class, without those who stay', () => {
    expect(readArrangement(form({ fromMinute: 540, without: ['p_zoe00001'], title: ' Musée ' }))).toEqual({
      kind: 'outing',
      target: 'g_class5eb',
      from: '2026-11-24',
      until: '2026-11-24',
      fromMinute: 540,
      without: ['p_zoe00001'],
      title: 'Musée',
    });
  });

  it('asks for what is missing, the first thing first', () => {
    expect(readArrangement(form({ kind: undefined, target: '' }))).toEqual({ fault: 'choose-kind' });
    expect(readArrangement(form({ target: '' }))).toEqual({ fault: 'choose-target' });
    expect(readArrangement(form({ until: '' }))).toEqual({ fault: 'dates-missing' });
    expect(readArrangement(form({ until: '2026-11-23' }))).toEqual({ fault: 'dates-reversed' });
    expect(readArrangement(form({ untilMinute: 540, fromMinute: 600 }))).toEqual({ fault: 'hours-reversed' });
    expect(readArrangement(form({ kind: 'exemption' }))).toEqual({ fault: 'choose-presence' });
  });

  it('keeps what only an exemption has to an exemption', () => {
    const subject = { code: 'EPS', label: 'EPS' };
    const more = { weekdays: [4, 2], subject, presence: 'room' as const, target: 'p_lea00001', without: ['p_zoe00001'] };
    expect(readArrangement(form({ kind: 'exemption', ...more }))).toMatchObject({ weekdays: [2, 4], subject, inRoom: true, without: [] });
    const outing = readArrangement(form(more));
    expect(outing).not.toHaveProperty('weekdays');
    expect(outing).not.toHaveProperty('inRoom');
    expect(outing).not.toHaveProperty('subject');
  });
});

it('tells what is going on from what is to come and what is over', () => {
  const line = (arrangementId: string, from: string, until: string, on?: string): Line => ({
    arrangementId,
    kind: 'placement',
    target: 'g_class5eb',
    from,
    until,
    without: [],
    by: 'p_brun0001',
    at: '2026-11-01T08:00:00.000Z',
    ...(on && { stopped: { on, by: 'p_brun0001', at: '2026-11-02T08:00:00.000Z' } }),
    revision: 1,
  });
  const { current, coming, over } = inTime({
    today: '2026-11-23',
    arrangements: [
      line('x_a', '2026-11-01', '2026-11-22'),
      line('x_b', '2026-11-01', '2026-11-30', '2026-11-23'),
      line('x_c', '2026-11-20', '2026-11-23'),
      line('x_d', '2026-11-24', '2026-11-24'),
    ],
  });
  expect([current, coming, over].map((some) => some.map(({ arrangementId }) => arrangementId))).toEqual([['x_c'], ['x_d'], ['x_b', 'x_a']]);
});
