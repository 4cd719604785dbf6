/** What the server sends: the same words on a locked telephone as in `shared/kernel/grant.ts`, nobody’s name among them. */
interface Pushed {
  readonly title: string;
  readonly body: string;
  readonly path: string;
  readonly tag: string;
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
}

interface Window {
  readonly url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}

/** The part of a service worker that notifications need. */
export interface PushHost {
  readonly location: { readonly origin: string };
  readonly registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Window[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(
    type: 'push',
    listener: (event: { readonly data: { json(): unknown } | null; waitUntil(done: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'notificationclick',
    listener: (event: {
      readonly notification: { readonly data: unknown; close(): void };
      waitUntil(done: Promise<unknown>): void;
    }) => void,
  ): void;
}

const ICON = '/icon-192.png';
const DOORS = '/';

/** A browser takes the right to notify away from who receives and shows nothing: what cannot be read still says that there is something. */
const readable = (data: { json(): unknown } | null): Partial<Pushed> => {
  try {
    const said = data?.json();
    return typeof said === 'object' && said !== null ? said : {};
  } catch {
    return {};
  }
};

/** An address of this site, whatever was sent. */
const within = (origin: string, path: unknown): string => {
  const address = typeof path === 'string' && URL.canParse(path, origin) ? new URL(path, origin) : new URL(DOORS, origin);
  return address.origin === origin ? address.href : new URL(DOORS, origin).href;
};

const show = (
  { registration }: PushHost,
  { title = 'Préau', body = '', path = DOORS, tag, language = 'fr', dir = 'ltr' }: Partial<Pushed>,
) => registration.showNotification(title, { body, lang: language, dir, icon: ICON, data: { path }, ...(tag !== undefined && { tag }) });

/** A page of the site that is open already is brought forward rather than a second one opened. */
const open = async ({ clients, location: { origin } }: PushHost, path: unknown): Promise<void> => {
  const address = within(origin, path);
  const [page] = (await clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(
    ({ url }) => URL.canParse(url) && new URL(url).origin === origin,
  );
  // A page that another worker controls may not be sent anywhere.
  const sent =
    page &&
    (await page.navigate(address).then(
      () => page.focus(),
      () => undefined,
    ));
  if (!sent) await clients.openWindow(address);
};

/** Shows what was sent, and opens where it leads. */
export const listenToPush = (host: PushHost): void => {
  host.addEventListener('push', (event) => event.waitUntil(show(host, readable(event.data))));
  host.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(open(host, (event.notification.data as { path?: unknown } | null)?.path));
  });
};
