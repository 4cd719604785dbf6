import type { Door } from '../../shared/kernel/index.ts';

/** Only `session`'s public paths of one door receive these: five doors' tokens on every request would not fit its headers. */
const path = (door: Door) => `/api/public/session/${door}`;

const refreshName = (door: Door) => `__Secure-preau-${door}`;
const deviceName = (door: Door) => `__Secure-preau-device-${door}`;

const cookie = (name: string, value: string, door: Door, seconds: number) =>
  `${name}=${value}; Path=${path(door)}; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Strict`;

const DAY = 86_400;
/** Seconds a refresh token lives at a door: pool settings say the same. */
export const refreshSeconds = (door: Door): number => (door === 'staff' || door === 'authority' ? DAY / 2 : 30 * DAY);

export const keepRefresh = (door: Door, personId: string, token: string) =>
  cookie(refreshName(door), `${personId}.${token}`, door, refreshSeconds(door));
export const dropRefresh = (door: Door) => cookie(refreshName(door), '', door, 0);
export const keepDevice = (door: Door, personId: string, device: string, days: number) =>
  cookie(deviceName(door), `${personId}.${device}`, door, days * DAY);
export const dropDevice = (door: Door) => cookie(deviceName(door), '', door, 0);

const split = (value: string | undefined): { personId: string; token: string } | undefined => {
  const dot = value?.indexOf('.') ?? -1;
  return value !== undefined && dot > 0 ? { personId: value.slice(0, dot), token: value.slice(dot + 1) } : undefined;
};

export const readRefresh = (cookies: Readonly<Record<string, string>>, door: Door) => split(cookies[refreshName(door)]);
export const readDevice = (cookies: Readonly<Record<string, string>>, door: Door) => split(cookies[deviceName(door)]);
