import { type Input, Reply } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/session/routes.ts';
import { dropDevice, dropRefresh } from './cookies.ts';
import { endSessions } from './end-sessions.ts';
import type { ApiPorts } from './manifest.ts';
import { forgetDevices } from './trusted-device.ts';

export async function signOutEverywhere({ caller: { door, personId } }: Input<typeof routes.signOutEverywhere>, ports: ApiPorts) {
  await forgetDevices(personId, ports);
  await endSessions(door, personId, ports);
  return new Reply({ signedOut: true as const }, { cookies: [dropRefresh(door), dropDevice(door)] });
}
