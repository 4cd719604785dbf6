import { expect, it } from 'vitest';
import { unreadOf } from '#lib/notices/unread-of.ts';

it('counts what nobody has opened', () => {
  expect(unreadOf([{}, { readAt: '2026-09-15T08:00:00.000Z' }, {}])).toBe(2);
  expect(unreadOf([{ readAt: '2026-09-15T08:00:00.000Z' }])).toBe(0);
});
