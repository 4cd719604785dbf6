import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

/** As Node finds it from a package's folder: beside it, or in a folder above. */
function resolved(from: string, name: string): Locked | undefined {
  const beside = packages[`${from}/node_modules/${name}`];
  const above = from.lastIndexOf('/node_modules/');
  return beside ?? (above < 0 ? packages[`node_modules/${name}`] : resolved(from.slice(0, above), name));
}

describe('the lock file', () => {
  it('holds the packages of every platform, or npm ci refuses a fresh clone', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !resolved(path, name)),
    );
    expect(missing).toEqual([]);
  });

  it('holds what package.json asks for', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });
});
