import { describe, expect, it } from 'vitest';
import { stageName, stageOptions, startOptions } from '../../../infra/local/arguments.ts';

describe('the arguments of npm start', () => {
  it('have a default each', () => {
    expect(startOptions([])).toEqual({
      fresh: false,
      detach: false,
      at: undefined,
      port: 8080,
      inboxPort: 8025,
      emulatorPort: 4566,
      seed: undefined,
      pupils: undefined,
      demo: true,
      system: '.preau',
      grace: undefined,
    });
  });

  it('are all understood', () => {
    const args =
      '--fresh --detach --at 2026-09-15T10:05 --port 9000 --inbox-port 9001 --emulator-port 9002 --seed 7 --pupils 40 --no-demo --system .preau/x --grace 0';
    expect(startOptions(args.split(' '))).toEqual({
      fresh: true,
      detach: true,
      at: '2026-09-15T10:05',
      port: 9000,
      inboxPort: 9001,
      emulatorPort: 9002,
      seed: 7,
      pupils: 40,
      demo: false,
      system: '.preau/x',
      grace: 0,
    });
  });

  it.each([
    ['--port', '0'],
    ['--port', 'x'],
    ['--port', '65536'],
    ['--grace', '901'],
    ['--at', 'tomorrow'],
    ['--at', '2026-13-01T10:05'],
    ['--pupils', '1.5'],
  ])('refuse %s %s and name the flag', (flag, value) => {
    expect(() => startOptions([flag, value])).toThrow(flag);
  });

  it('refuse a flag that does not exist, in one line', () => {
    expect(() => startOptions(['--prot', '9000'])).toThrow(/^Unknown option '--prot'$/);
  });
});

describe('the stage of a command on AWS', () => {
  it('is required, short and plain', () => {
    expect(stageOptions(['--stage', 'demo'])).toEqual({ stage: 'demo', region: 'eu-west-3' });
    expect(() => stageOptions([])).toThrow('--stage NAME');
    for (const wrong of ['Demo', 'a', 'with-dash', 'x'.repeat(17)]) expect(() => stageName(wrong)).toThrow('lower-case');
  });

  it('is never this machine', () => {
    expect(() => stageOptions(['--stage', 'local'])).toThrow('npm start');
  });
});
