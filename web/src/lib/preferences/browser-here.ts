import { call } from '#lib/api/index.ts';
import { addBrowser, listBrowsers, removeBrowser } from '#shared/notifications/routes.ts';

/** Behind these doors there is something to be told of. */
export type ToldDoor = 'guardian' | 'pupil';

/**
 * `home-screen`: on an iPhone or iPad only a site on the home screen may notify. `never`: this browser cannot. `refused`: its owner said no, and
 * only its settings take that back.
 */
export type BrowserHere = 'on' | 'off' | 'refused' | 'home-screen' | 'never';

const KEY = 'preau.browser';

interface Device {
  readonly userAgent: string;
  readonly touchPoints: number;
  readonly hasPush: boolean;
  readonly permission: NotificationPermission | undefined;
}

/** iPads say that they are Macs, which have no touch screen. */
const isApple = ({ userAgent, touchPoints }: Device): boolean =>
  /iphone|ipad|ipod/i.test(userAgent) || (/macintosh/i.test(userAgent) && touchPoints > 1);

/** What this device allows, before anybody is asked. */
export const allowedOn = (device: Device): 'ask' | 'refused' | 'home-screen' | 'never' => {
  if (!device.hasPush) return isApple(device) ? 'home-screen' : 'never';
  return device.permission === 'denied' ? 'refused' : 'ask';
};

const thisDevice = (): Device => ({
  userAgent: navigator.userAgent,
  touchPoints: navigator.maxTouchPoints,
  hasPush: 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis,
  permission: 'Notification' in globalThis ? Notification.permission : undefined,
});

/** Of this browser: whether it is among those told. The list knows it by the name it was given when it agreed. */
export async function browserHere(door: ToldDoor, signal?: AbortSignal): Promise<BrowserHere> {
  const allowed = allowedOn(thisDevice());
  if (allowed !== 'ask') return allowed;
  const [subscription, { browsers }] = await Promise.all([
    navigator.serviceWorker.getRegistration().then((worker) => worker?.pushManager.getSubscription()),
    call(listBrowsers, door, { ...(signal && { signal }) }),
  ]);
  const mine = localStorage.getItem(KEY);
  return subscription && browsers.some(({ browserId }) => browserId === mine) ? 'on' : 'off';
}

/** Asks the person, then the browser, then tells the server. */
export async function agree(door: ToldDoor): Promise<BrowserHere> {
  if ((await Notification.requestPermission()) !== 'granted') return allowedOn(thisDevice()) === 'refused' ? 'refused' : 'off';
  // Perhaps before the page has seen to it (`#lib/offline/keep-site.ts`).
  await navigator.serviceWorker.register('/service-worker.js');
  const [{ pushManager }, { key }] = await Promise.all([navigator.serviceWorker.ready, call(listBrowsers, door)]);
  // One of before a rotation of our key could not be sent to.
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  const { browserId } = await call(addBrowser, door, {
    body: { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '', key },
  });
  localStorage.setItem(KEY, browserId);
  return 'on';
}

/** The server first: a browser that forgets alone would still be written to. */
export async function takeBack(door: ToldDoor): Promise<BrowserHere> {
  const mine = localStorage.getItem(KEY);
  if (mine !== null) await call(removeBrowser, door, { params: { browserId: mine } });
  localStorage.removeItem(KEY);
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  return 'off';
}
