import { describe, expect, it } from 'vitest';
import { listenToPush, type PushHost } from '../../../../web/src/service-worker/push.ts';

const SITE = 'https://ent.example.fr';

/** A service worker of this site, with these pages open. */
const worker = (pages: { url: string; moves?: boolean }[] = []) => {
  const shown: { title: string; options: NotificationOptions }[] = [];
  const done: string[] = [];
  const heard = new Map<string, (event: never) => void>();
  const host = {
    location: { origin: SITE },
    registration: { showNotification: async (title: string, options: NotificationOptions) => void shown.push({ title, options }) },
    clients: {
      matchAll: async () =>
        pages.map(({ url, moves = true }) => ({
          url,
          navigate: async (to: string) => {
            if (!moves) throw new TypeError('not its page');
            done.push(`navigate ${to}`);
          },
          focus: async () => {
            done.push('focus');
            return {};
          },
        })),
      openWindow: async (url: string) => void done.push(`open ${url}`),
    },
    addEventListener: (type: string, listener: (event: never) => void) => void heard.set(type, listener),
  } as unknown as PushHost;
  listenToPush(host);
  const fire = async (type: string, event: object) => {
    const waits: Promise<unknown>[] = [];
    heard.get(type)?.({ ...event, waitUntil: (one: Promise<unknown>) => void waits.push(one) } as never);
    await Promise.all(waits);
  };
  return {
    shown,
    done,
    pushed: (said: string) => fire('push', { data: { json: () => JSON.parse(said) as unknown } }),
    empty: () => fire('push', { data: null }),
    clicked: (data: unknown) => fire('notificationclick', { notification: { data, close: () => void done.push('close') } }),
  };
};

describe('a notification', () => {
  it('is shown as it was sent, in its language and direction, and a second one about the same takes its place', async () => {
    const { shown, pushed } = worker();
    const body = 'لم نرَ طفلكم في الدرس.';
    await pushed(
      JSON.stringify({ title: 'Collège des Tilleuls', body, path: '/responsable/avis', tag: 'n_1', language: 'ar', dir: 'rtl' }),
    );
    expect(shown).toEqual([
      {
        title: 'Collège des Tilleuls',
        options: { body, lang: 'ar', dir: 'rtl', tag: 'n_1', icon: '/icon-192.png', data: { path: '/responsable/avis' } },
      },
    ]);
  });

  it('that cannot be read still says that there is something', async () => {
    const { shown, pushed, empty } = worker();
    await pushed('{');
    await pushed('"word"');
    await empty();
    expect(shown.map(({ title }) => title)).toEqual(['Préau', 'Préau', 'Préau']);
  });
});

describe('a touched notification', () => {
  it('opens where it leads', async () => {
    const { done, clicked } = worker();
    await clicked({ path: '/responsable/avis' });
    expect(done).toEqual(['close', `open ${SITE}/responsable/avis`]);
  });

  it('brings the page that is open forward', async () => {
    const { done, clicked } = worker([{ url: 'https://other.example/' }, { url: `${SITE}/responsable` }]);
    await clicked({ path: '/responsable/avis' });
    expect(done).toEqual(['close', `navigate ${SITE}/responsable/avis`, 'focus']);
  });

  it('opens a page of its own when the open one may not be moved', async () => {
    const { done, clicked } = worker([{ url: `${SITE}/responsable`, moves: false }]);
    await clicked({ path: '/responsable/avis' });
    expect(done).toEqual(['close', `open ${SITE}/responsable/avis`]);
  });

  it.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', undefined, 7])('leads nowhere else: %s', async (path) => {
    const { done, clicked } = worker();
    await clicked({ path });
    expect(done).toEqual(['close', `open ${SITE}/`]);
  });
});
