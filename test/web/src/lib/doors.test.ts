import { describe, expect, it } from 'vitest';
import { DOOR_WORDS, DOORS, doorAt, doorOf } from '#lib/doors.ts';
import { DOORS as KERNEL_DOORS } from '#shared/kernel/index.ts';

describe('the doors', () => {
  it('each have one word, and the word its door', () => {
    expect([...DOORS].sort()).toEqual([...KERNEL_DOORS].sort());
    for (const door of DOORS) expect(doorOf(DOOR_WORDS[door])).toBe(door);
  });
  it('are told from the first word of an address', () => {
    expect(doorAt('/vie-scolaire/imports')).toBe('staff');
    expect(doorAt('/activation')).toBeUndefined();
    expect(doorAt('/')).toBeUndefined();
  });
});
