import { describe, expect, it } from 'vitest';
import { catalogue } from '../../infra/catalogue.ts';
import { entriesOf } from '../../infra/entries.ts';
import { importsOf, isThere, read, sources } from './sources.ts';

/** Files that some unit test imports: a rule may be tested in its own mirror or in the story of its room. */
const tested = new Set(
  sources
    .filter((file) => /^test\/(functions|shared|simulation)\/.*\.ts$/.test(file))
    .flatMap((file) => importsOf(file).map(({ to }) => to)),
);

/** The use cases that a binding file imports from its own folder. */
const boundBy = (context: string, binding: string): string[] => {
  const file = `functions/${context}/${binding}.ts`;
  return isThere(file)
    ? importsOf(file).flatMap(({ to }) => (to.startsWith(`functions/${context}/`) && !to.endsWith('/manifest.ts') ? [to] : []))
    : [];
};

const entries = catalogue.flatMap(entriesOf);

describe('every entry of every manifest', { timeout: 60_000 }, () => {
  it('says what a human loses when it fails, each in its own words', () => {
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(({ loses }) => loses.trim().length < 15).map(({ context, name }) => `${context}/${name}`)).toEqual([]);
    const said = entries.map(({ loses }) => loses);
    expect(said.filter((one, at) => said.indexOf(one) !== at)).toEqual([]);
  });

  it('has a test: the use cases behind the API and the answers, the map behind the relay, or its own', () => {
    const wanted = entries.flatMap(({ context, name, kind }) => {
      if (kind === 'api' || kind === 'answers') return boundBy(context, name);
      if (kind === 'relay') return [`shared/${context}/events-of.ts`];
      return [`functions/${context}/${name}.ts`];
    });
    expect([...new Set(wanted)].filter((file) => !tested.has(file))).toEqual([]);
  });
});

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

describe('every route', () => {
  it('has the use case it is named for: in the file of its name, or beside its twin', () => {
    const routes = catalogue.flatMap(({ api }) => Object.values(api?.routes ?? {}).map(({ name }) => name));
    expect(routes.length).toBeGreaterThan(0);
    const homeless = routes.filter((name) => {
      const [context = '', act = ''] = name.split('.');
      const named = new RegExp(`^export (const|async function|function) ${camel(act)}\\b`, 'm');
      return !boundBy(context, 'api').some((file) => named.test(read(file)));
    });
    expect(homeless).toEqual([]);
  });
});

/** Stories of a whole room, which no one file tells. */
const ROOMS =
  /^test\/functions\/(runtime\/(adapters|events)|session\/(doors|letters)|directory\/formats\/(damaged-files|public-samples))\.test\.ts$/;

describe('every test', () => {
  it('stands where the thing it tests stands', () => {
    const elsewhere = /^test\/(architecture|journeys|load|doubles|simulation|web)\//;
    const lost = sources
      .filter((file) => file.endsWith('.test.ts') && !elsewhere.test(file) && !ROOMS.test(file))
      .filter((file) => {
        const source = file.replace(/^test\//, '').replace(/\.test\.ts$/, '');
        return !['.ts', '.js', '.mjs', ''].some((ending) => isThere(`${source}${ending}`));
      });
    expect(lost).toEqual([]);
  });
});
