import { school } from '../../shared/directory/questions.ts';
import { SchoolSettings } from '../../shared/directory/school.ts';
import type { ApiPorts } from './manifest.ts';
import { keyedHash } from './seal.ts';

const DEVICE_ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
/** 32 characters of 36 are 165 bits: nobody guesses a device. */
const DEVICE_LENGTH = 32;

type Ports = Pick<ApiPorts, 'session' | 'clock' | 'devicesSecret' | 'ids'>;

const idsOf = async (personId: string, device: string, { devicesSecret }: Ports): Promise<string[]> =>
  (await devicesSecret.keys()).map((key) => keyedHash(['device', personId, device], key));

/** Whether this browser was trusted by this person, not too long ago. */
export async function isTrusted(personId: string, device: string, ports: Ports): Promise<boolean> {
  const now = ports.clock.system().getTime() / 1000;
  const found = await ports.session.getMany(
    'device',
    (await idsOf(personId, device, ports)).map((deviceId) => ({ personId, deviceId })),
  );
  // DynamoDB drops expired items when it gets to them: the date decides.
  return found.some(({ expires }) => expires > now);
}

/** Days a school lets its staff's devices be trusted; 0 = never. An authority has no school, and keeps the default. */
export async function trustedDays(login: string, { session, ask }: Pick<ApiPorts, 'session' | 'ask'>): Promise<number> {
  const name = await session.get('login', { login });
  const at = name && (await ask(school, { uai: name.uai }));
  return (at?.settings ?? SchoolSettings.parse({})).trustedDeviceDays;
}

/** Trusts this browser for some days; the returned value goes into its cookie, only its hash stays here. */
export async function trustDevice(personId: string, days: number, ports: Ports): Promise<string> {
  const device = ports.ids.secret(DEVICE_ALPHABET, DEVICE_LENGTH);
  const [deviceId] = await idsOf(personId, device, ports);
  if (deviceId === undefined) throw new RangeError('no key to know a device by');
  const expires = Math.floor(ports.clock.system().getTime() / 1000) + days * 86_400;
  await ports.session.write({ put: 'device', item: { personId, deviceId, expires } });
  return device;
}

export async function forgetDevices(personId: string, { session }: Ports): Promise<void> {
  const devices = await session.all('devices', { personId });
  for (let i = 0; i < devices.length; i += 100)
    await session.write(...devices.slice(i, i + 100).map(({ deviceId }) => ({ delete: 'device' as const, key: { personId, deviceId } })));
}
