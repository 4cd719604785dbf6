import { describe, expect, it } from 'vitest';
import { IN_BAR, isAt, isAtMore } from '#lib/navigation/places.svelte.ts';

const home = '/vie-scolaire';
const places = ['', '/dossiers', '/eleves', '/messages', '/chiffres', '/imports', '/comptes', '/reglages'].map((end) => ({
  href: `${home}${end}`,
}));
const space = { home, places };

describe('the current place', () => {
  it('is a page and all that lies under it; a home is itself alone', () => {
    expect(isAt(`${home}/eleves`, `${home}/eleves`, home)).toBe(true);
    expect(isAt(`${home}/eleves`, `${home}/eleves/0359901X/p_1`, home)).toBe(true);
    expect(isAt(`${home}/eleves`, `${home}/eleves-sortis`, home)).toBe(false);
    expect(isAt(home, home, home)).toBe(true);
    expect(isAt(home, `${home}/eleves`, home)).toBe(false);
  });

  it('is « Plus » on its page, and wherever the bar has no room for the place itself', () => {
    const at = (end: string) =>
      (Object.keys(IN_BAR) as (keyof typeof IN_BAR)[]).filter((bar) => isAtMore(space, `${home}${end}`, IN_BAR[bar]));
    expect(at('/plus')).toEqual(['lying', 'standing']);
    expect(at('/eleves')).toEqual([]);
    expect(at('/messages')).toEqual([]);
    expect(at('/chiffres')).toEqual(['lying']);
    expect(at('/imports/0359901X/i_1')).toEqual(['lying']);
    expect(at('/comptes')).toEqual(['lying']);
    expect(at('/reglages')).toEqual(['lying', 'standing']);
    expect(at('')).toEqual([]);
  });
});
