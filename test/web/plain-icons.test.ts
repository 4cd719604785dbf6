import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plainIcon } from '../../web/plain-icons.ts';

const source = (icon: string) =>
  readFileSync(new URL(`../../node_modules/@lucide/svelte/dist/icons/${icon}.svelte`, import.meta.url), 'utf8');

describe('an icon on its way to the browser', () => {
  it('is the drawing itself, of the size it is told', () => {
    const plain = plainIcon(source('clock')) ?? '';
    expect(plain).toContain('<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/></svg>');
    expect(plain).toContain('class="lucide lucide-clock" width={size} height={size}');
    expect(plain).toContain('aria-hidden="true"');
    expect(plain).not.toContain('import');
  });
  it('is one that has other names too', () => {
    expect(source('ellipsis')).toContain('"aliases"');
    expect(plainIcon(source('ellipsis'))).toContain('class="lucide lucide-ellipsis"');
  });
  it('is not guessed when lucide writes it another way', () => {
    expect(plainIcon('<script>const icon = {};</script>')).toBeUndefined();
  });
});
