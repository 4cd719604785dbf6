import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort, refuseTakenPorts } from '../../../infra/local/ports.ts';

describe('a taken port', () => {
  it('is refused in one line that names it and the flag that moves it', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      await expect(refuseTakenPorts([{ port, what: 'the site', flag: 'port' }])).rejects.toThrow(
        `Port ${port} (the site) is taken by another program: stop it, or choose another with -- --port PORT.`,
      );
    } finally {
      server.close();
    }
  });

  it('is also one that is asked for twice', async () => {
    const port = await freePort();
    const twice = [
      { port, what: 'the site', flag: 'port' },
      { port, what: 'the inbox', flag: 'inbox-port' },
    ];
    await expect(refuseTakenPorts(twice)).rejects.toThrow('asked for twice');
    await expect(refuseTakenPorts(twice.slice(0, 1))).resolves.toBeUndefined();
  });
});
