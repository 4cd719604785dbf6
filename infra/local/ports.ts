import { createServer } from 'node:net';
import { Refusal } from './progress.ts';

const HOST = '127.0.0.1';

const free = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });

/** A port nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });

/** Says which port is taken and which flag moves it, before anything is started. */
export async function refuseTakenPorts(ports: readonly { port: number; what: string; flag: string }[]): Promise<void> {
  for (const { port, what, flag } of ports) {
    if (!(await free(port))) {
      throw new Refusal(`Port ${port} (${what}) is taken by another program: stop it, or choose another with -- --${flag} PORT.`);
    }
  }
  const twice = ports.find(({ port }, i) => ports.findIndex((other) => other.port === port) !== i);
  if (twice) throw new Refusal(`Port ${twice.port} is asked for twice: give ${twice.what} another with -- --${twice.flag} PORT.`);
}
