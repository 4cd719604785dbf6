import { expect, it } from 'vitest';
import { monthAway, monthIn } from '../../../../../web/src/lib/format/month.ts';

it('goes from month to month, over the years', () => {
  expect(monthAway('2026-11', 0)).toBe('2026-11');
  expect(monthAway('2026-01', -1)).toBe('2025-12');
  expect(monthAway('2025-12', 1)).toBe('2026-01');
});

it('is said in words', () => {
  expect(monthIn('2026-11')).toBe('novembre 2026');
});
