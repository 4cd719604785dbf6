import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../infra/catalogue.ts';
import { referenceOf } from '../../../infra/reference/generate.ts';
import { toyCatalogue } from '../toy-context.ts';

const toy = referenceOf(toyCatalogue);
const openApi = JSON.parse(toy['openapi.json'] as string);

describe('the committed reference', () => {
  for (const [name, text] of Object.entries(referenceOf(catalogue))) {
    it(`${name} is what the declarations say (npm run reference)`, () => {
      expect(
        readFileSync(new URL(`../../../infra/reference/${name}`, import.meta.url), 'utf8') === text,
        `${name} is stale: npm run reference`,
      ).toBe(true);
    });
  }

  it('comes out the same twice', () => {
    expect(referenceOf(toyCatalogue)).toEqual(toy);
  });
});

describe('openapi.json', () => {
  it('is valid OpenAPI 3.1, by a public validator', async () => {
    for (const document of [openApi, JSON.parse(referenceOf(catalogue)['openapi.json'] as string)]) {
      const { valid, errors } = await new Validator().validate(document);
      expect(errors).toBeUndefined();
      expect(valid).toBe(true);
      expect(document.openapi).toBe('3.1.0');
    }
  });

  it('is refused by that validator when it is not', async () => {
    const { valid } = await new Validator().validate({ ...openApi, paths: { '/x': { get: { responses: 'none' } } } });
    expect(valid).toBe(false);
  });

  it('has a route at each door it opens, with its right', () => {
    expect(Object.keys(openApi.paths)).toEqual([
      '/api/public/toys/catalogue',
      '/api/pupil/toys/schools/{uai}/toys/{toyId}',
      '/api/staff/toys/schools/{uai}/toys/{toyId}',
    ]);
    const lend = openApi.paths['/api/staff/toys/schools/{uai}/toys/{toyId}'].put;
    expect(lend['x-rights']).toEqual({ door: 'staff', relation: 'works at the school' });
    expect(lend.security).toEqual([{ staff: [] }]);
    expect(openApi.paths['/api/public/toys/catalogue'].get.security).toEqual([]);
  });

  it('has examples, the codes of the route and those of any route', () => {
    const lend = openApi.paths['/api/pupil/toys/schools/{uai}/toys/{toyId}'].put;
    expect(lend.requestBody.content['application/json'].example).toEqual({ colour: 'red' });
    expect(lend.responses['200'].content['application/json'].example).toEqual({ revision: 1 });
    expect(JSON.stringify(lend.responses['4XX'])).toContain('toys.already-lent');
    expect(Object.keys(lend.responses)).toEqual(expect.arrayContaining(['400', '401', '404', '409', '500']));
    expect(lend.parameters.map(({ name }: { name: string }) => name)).toEqual(['uai', 'toyId', 'Idempotency-Key']);
  });
});

describe('the pages', () => {
  it('say the tables, their keys and how long things are kept', () => {
    expect(toy['DATA.md']).toContain('| toy | `{uai}` | `toy#{toyId}` | byColour: `{uai}#{colour}` / `{toyId}` |');
    expect(toy['DATA.md']).toContain('Until the end of the school year.');
  });
  it('say who emits, who consumes, who asks, and what is lost', () => {
    expect(toy['EVENTS.md']).toContain('| `toys.toy-lent` | toys/relay | shelves/on-toy-lent | uai, toyId, revision |');
    expect(toy['EVENTS.md']).toContain('| `toys.toy` | toys/answers | shelves/on-toy-lent |');
    expect(toy['EVENTS.md']).toContain('The owner is not told.');
  });
  it('say door by door who may', () => {
    expect(toy['RIGHTS.md']).toContain(
      '| PUT `/toys/schools/{uai}/toys/{toyId}` |  | belongs to the school |  |  | works at the school |  |',
    );
    expect(toy['RIGHTS.md']).toContain('| GET `/toys/catalogue` | anyone |');
  });
});
