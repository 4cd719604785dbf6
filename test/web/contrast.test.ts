import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../web/src/styles/tokens.css', import.meta.url), 'utf8');

const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name as string,
    { light: light as string, dark: dark as string },
  ]),
);
const plain = new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name as string, value as string]));

/** WCAG 2 relative luminance. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const TEXT = 4.5;
const EDGE = 3;

const pairs: [front: string, back: string, least: number][] = [
  ...['canvas', 'surface', 'sunken', 'brand-tint', 'accent-tint', 'absent-tint', 'late-tint', 'ok-tint', 'info-tint'].map(
    (back): [string, string, number] => ['text', back, TEXT],
  ),
  ...['canvas', 'surface', 'sunken', 'brand-tint', 'accent-tint'].map((back): [string, string, number] => ['text-soft', back, TEXT]),
  ['on-brand', 'brand', TEXT],
  ['on-brand', 'brand-hover', TEXT],
  ...['canvas', 'surface', 'brand-tint', 'accent-tint'].map((back): [string, string, number] => ['brand-text', back, TEXT]),
  ['on-accent', 'accent', TEXT],
  ...['absent', 'late', 'ok', 'info'].flatMap((status): [string, string, number][] => [
    [status, 'surface', TEXT],
    [status, `${status}-tint`, TEXT],
    ['on-status', status, TEXT],
  ]),
  ['inverse-action', 'text', TEXT],
  ['canvas', 'text', TEXT],
  ['line-strong', 'surface', EDGE],
  ['line-strong', 'canvas', EDGE],
  ['focus', 'surface', EDGE],
  ['focus', 'canvas', EDGE],
  ['brand', 'canvas', EDGE],
];

const colourOf = (name: string) => {
  const colour = tokens.get(`color-${name}`);
  if (!colour) throw new Error(`--color-${name} is not a light-dark() token`);
  return colour;
};

describe('the tokens', () => {
  for (const theme of ['light', 'dark'] as const) {
    it.each(pairs)(`hold %s on %s at %d:1 or more, ${theme}`, (front, back, least) => {
      expect(ratio(colourOf(front)[theme], colourOf(back)[theme])).toBeGreaterThanOrEqual(least);
    });
    it.each([1, 2, 3, 4, 5, 6])(`let the initial of child %d be read at 7:1, ${theme}`, (child) => {
      const [front, back] = [tokens.get(`on-child-${child}`), tokens.get(`child-${child}`)];
      if (!front || !back) throw new Error('missing child colour');
      expect(ratio(front[theme], back[theme])).toBeGreaterThanOrEqual(7);
    });
  }

  it('give old browsers the light theme, the same to the letter', () => {
    const different = [...tokens].filter(([name, { light }]) => plain.get(name) !== light).map(([name]) => name);
    expect(different).toEqual([]);
    expect(tokens.size).toBeGreaterThan(35);
  });

  it('fail on a pair that is too close', () => {
    expect(ratio('#827e8a', '#ffffff')).toBeLessThan(TEXT);
    expect(ratio('#000000', '#ffffff')).toBeCloseTo(21);
  });
});
