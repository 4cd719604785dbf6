import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../infra/catalogue.ts';
import { problemsOf } from '../../infra/checks/blueprint.ts';
import { declared } from '../../infra/checks/declared.ts';
import { resourcesOf, synthesise } from './synthesise.ts';

describe('the catalogue', { timeout: 60_000 }, () => {
  it('holds every folder of functions but the runtime', () => {
    const folders = readdirSync(new URL('../../functions', import.meta.url)).filter((name) => name !== 'runtime');
    expect(catalogue.map(({ name }) => name)).toEqual(folders.sort());
  });

  it('holds together: every route has rights, every event an emitter, every question an answer', async () => {
    expect(problemsOf(catalogue, await declared(catalogue))).toEqual([]);
  });

  it('synthesises whole, within what a template may hold', () => {
    const { stacks } = synthesise(catalogue);
    for (const stack of stacks) {
      const resources = resourcesOf([stack]);
      expect(resources.length).toBeGreaterThan(0);
      expect(resources.length).toBeLessThan(500);
      for (const { Type, Properties } of resources)
        if (Type === 'AWS::Lambda::Function') expect(Properties.FunctionName.length).toBeLessThanOrEqual(64);
    }
  });
});
