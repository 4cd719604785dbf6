import { describe, expect, it } from 'vitest';
import { addBrowser } from '../../../functions/notifications/add-browser.ts';
import { listBrowsers } from '../../../functions/notifications/list-browsers.ts';
import { removeBrowser } from '../../../functions/notifications/remove-browser.ts';
import type { Caller } from '../../../shared/kernel/index.ts';
import { addBrowser as route } from '../../../shared/notifications/routes.ts';
import { schoolDay } from './school-day.ts';

const claire = { personId: 'p_claireaccount', door: 'guardian' } as Caller;
const paul = { personId: 'p_paulaccount01', door: 'guardian' } as Caller;
const key = 'B'.repeat(87);
const subscription = (name: string) => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${name}`,
  p256dh: 'p'.repeat(87),
  auth: 'a'.repeat(22),
  key,
});

describe('a browser', () => {
  it('agrees to be told, once, and takes it back; nobody else sees it', async () => {
    const { ports } = schoolDay();
    const { browserId } = await addBrowser({ body: subscription('one'), caller: claire }, ports);
    await addBrowser({ body: subscription('one'), caller: claire }, ports);
    expect(await listBrowsers({ caller: claire }, ports)).toMatchObject({ key, browsers: [{ browserId }] });
    expect(await listBrowsers({ caller: paul }, ports)).toMatchObject({ browsers: [] });
    await removeBrowser({ params: { browserId }, caller: paul }, ports);
    expect(await listBrowsers({ caller: claire }, ports)).toMatchObject({ browsers: [{ browserId }] });
    await removeBrowser({ params: { browserId }, caller: claire }, ports);
    expect(await listBrowsers({ caller: claire }, ports)).toMatchObject({ browsers: [] });
  });

  it('is refused when it was made with a key of before a rotation', async () => {
    const { ports } = schoolDay();
    await expect(addBrowser({ body: { ...subscription('one'), key: 'k'.repeat(87) }, caller: claire }, ports)).rejects.toMatchObject({
      code: 'notifications.other-key',
    });
  });

  it('is one of at most ten: the oldest gives way', async () => {
    const { ports } = schoolDay();
    for (let at = 0; at < 12; at += 1) {
      await addBrowser({ body: subscription(`n${at}`), caller: claire }, ports);
      ports.clock.move(1000);
    }
    const endpoints = ports.notifications.items('browser').map(({ endpoint }) => endpoint.split('/').at(-1));
    expect(endpoints).toHaveLength(10);
    expect(endpoints).toContain('n11');
    expect(endpoints).not.toContain('n1');
  });

  it.each([
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
    'https://web.push.apple.com/x',
  ])('may be at the push service of %s', (endpoint) => {
    expect(route.body.safeParse({ ...subscription('x'), endpoint }).success).toBe(true);
  });

  it.each([
    'http://fcm.googleapis.com/fcm/send/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com/x',
    'https://evilpush.apple.com/x',
    'https://fcm.googleapis.com@evil.example/x',
    'https://fcm.googleapis.com:8443/x',
  ])('is nowhere else: %s', (endpoint) => {
    expect(route.body.safeParse({ ...subscription('x'), endpoint }).success).toBe(false);
  });
});
