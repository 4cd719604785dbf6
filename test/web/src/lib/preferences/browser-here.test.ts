import { describe, expect, it, vi } from 'vitest';

vi.mock('#lib/api/index.ts', () => ({ call: () => Promise.reject(new Error('nobody is asked')) }));
const { allowedOn } = await import('#lib/preferences/browser-here.ts');

const android = { userAgent: 'Mozilla/5.0 (Linux; Android 15) Chrome/140', touchPoints: 5, hasPush: true, permission: 'default' } as const;
const apple = { hasPush: false, permission: undefined, touchPoints: 5 } as const;

describe('what a device allows', () => {
  it('is to be asked, unless its owner said no', () => {
    expect(allowedOn(android)).toBe('ask');
    expect(allowedOn({ ...android, permission: 'granted' })).toBe('ask');
    expect(allowedOn({ ...android, permission: 'denied' })).toBe('refused');
  });
  it('on an iPhone or iPad, is a site on the home screen', () => {
    expect(allowedOn({ ...apple, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)' })).toBe('home-screen');
    // An iPad says that it is a Mac.
    expect(allowedOn({ ...apple, userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)' })).toBe('home-screen');
    expect(allowedOn({ ...apple, hasPush: true, permission: 'default', userAgent: 'Mozilla/5.0 (iPhone)' })).toBe('ask');
  });
  it('is nothing in a browser that cannot', () => {
    expect(allowedOn({ ...apple, touchPoints: 0, userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)' })).toBe('never');
    expect(allowedOn({ ...android, hasPush: false })).toBe('never');
  });
});
