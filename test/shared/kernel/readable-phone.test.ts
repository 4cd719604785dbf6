import { expect, it } from 'vitest';
import { readablePhone } from '../../../shared/kernel/readable-phone.ts';

it('reads a French number aloud, and leaves any other as it is', () => {
  expect(readablePhone('+33639980155')).toBe('06 39 98 01 55'.replaceAll(' ', '\u00a0'));
  expect(readablePhone('02.61.91.04.12')).toBe('02 61 91 04 12'.replaceAll(' ', '\u00a0'));
  expect(readablePhone('+32 2 555 12 12')).toBe('+32 2 555 12 12');
});
