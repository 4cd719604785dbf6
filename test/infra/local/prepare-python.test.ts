import { describe, expect, it } from 'vitest';
import { findPython } from '../../../infra/local/prepare-python.ts';

const host = (programs: Record<string, { version: string; venv: boolean }>) => (program: string) => programs[program];

describe('the Python of the host', () => {
  it('is the first that is recent enough and can make virtual environments', () => {
    expect(findPython(host({ python3: { version: '3.9', venv: true }, 'python3.12': { version: '3.12', venv: true } }))).toBe('python3.12');
    expect(findPython(host({ python3: { version: '3.11', venv: false }, python: { version: '3.10', venv: true } }))).toBe('python');
  });

  it('is refused without its venv module, with the package that brings it', () => {
    expect(() => findPython(host({ python3: { version: '3.11', venv: false } }))).toThrow('sudo apt install python3-venv');
  });

  it('is refused when it is too old or missing, with the version wanted', () => {
    expect(() => findPython(host({ python3: { version: '3.9', venv: true } }))).toThrow(/3\.9 is too old.*3\.10/);
    expect(() => findPython(host({}))).toThrow(/missing.*3\.10/);
  });
});
