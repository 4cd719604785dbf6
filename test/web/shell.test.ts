import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { beginning, completed, earlyShell, pagesOf, readPages } from '../../web/shell.ts';
import { DOOR_WORDS } from '../../web/src/lib/doors.ts';
import { LANGUAGES } from '../../web/src/lib/settings/language.ts';

const here = (path: string) => fileURLToPath(new URL(`../../web/${path}`, import.meta.url));
const node = (name: string) => async () => ({ imports: [`nodes/${name}.js`, 'chunks/homes.js'], stylesheets: [`assets/${name}.css`] });

describe('the pieces of a page', () => {
  it('are those of the start, of what stands around it, its own and those of an error, each once', async () => {
    const pages = await pagesOf({
      client: { imports: ['entry/start.js', 'chunks/homes.js'], stylesheets: [] },
      nodes: [node('0'), node('1'), node('2'), node('3')],
      routes: [
        { pattern: /^\/eleve\/?$/, page: { layouts: [0, undefined], errors: [1], leaf: 3 } },
        { pattern: /^\/points$/, page: null },
      ],
    });
    expect(pages).toEqual([
      [
        '^\\/eleve\\/?$',
        ['entry/start.js', 'chunks/homes.js', 'assets/0.css', 'nodes/0.js', 'assets/3.css', 'nodes/3.js', 'assets/1.css', 'nodes/1.js'],
      ],
    ]);
  });
});

describe('a page', () => {
  it('is completed with what its pieces import at once, and what those import', () => {
    const code: Record<string, string> = {
      'app/nodes/1.js': 'import{a}from"../chunks/a.js";import"../chunks/b.js";const later=()=>import("../chunks/later.js");',
      'app/chunks/a.js': 'import{c}from"./c.js";export{d}from"./d.js";',
    };
    const own = ['app/nodes/1.js', 'app/assets/1.css'];
    expect(completed([['^\\/$', own]], (piece) => code[piece] ?? '')).toEqual([
      ['^\\/$', [...own, 'app/chunks/a.js', 'app/chunks/b.js', 'app/chunks/c.js', 'app/chunks/d.js']],
    ]);
  });
});

/** Runs the beginning in a document of its own. */
async function begun(pathname: string, { lang = 'fr', signedIn = true } = {}) {
  const links: { rel: string; href: string }[] = [];
  const asked: string[] = [];
  const world: { preau?: { tree: string; begun: Map<string, Promise<unknown>>; prepare: (pathname: string) => void } } = {};
  const script = await beginning(
    [
      ['^\\/responsable\\/?$', ['_app/immutable/assets/a.css', '_app/immutable/nodes/5.js']],
      ['^\\/responsable\\/plus\\/?$', ['_app/immutable/assets/b.css', '_app/immutable/nodes/6.js']],
    ],
    ['en'],
  );
  new Function('location', 'document', 'fetch', 'globalThis', script)(
    { pathname },
    {
      documentElement: { lang },
      createElement: () => ({ setAttribute: () => {} }),
      head: { append: (link: { rel: string; href: string }) => links.push(link) },
    },
    async (address: string) => {
      asked.push(address);
      return signedIn ? Response.json({ accessToken: 'token' }) : new Response('', { status: 401 });
    },
    world,
  );
  await new Promise((later) => setTimeout(later, 10));
  return {
    links: links.map(({ rel, href }) => [rel, href]),
    asked,
    waiting: [...(world.preau?.begun.keys() ?? [])],
    tree: world.preau?.tree,
    prepare: (to: string) => {
      world.preau?.prepare(to);
      return links.at(-1);
    },
  };
}

describe('the shell’s beginning', () => {
  const [refresh, me] = ['/api/public/session/guardian/refresh', '/api/guardian/directory/me'];
  it('asks at once for the pieces of the page, and for who came in', async () => {
    const { links, asked, waiting } = await begun('/responsable');
    expect(links).toEqual([
      ['stylesheet', '/_app/immutable/assets/a.css'],
      ['modulepreload', '/_app/immutable/nodes/5.js'],
    ]);
    expect(asked).toEqual([refresh, me]);
    expect(waiting).toEqual([refresh, me]);
  });
  it('takes the pieces of the page’s language, and every language’s style', async () => {
    const { links, tree } = await begun('/responsable', { lang: 'en' });
    expect(tree).toBe('/_app/immutable/en/');
    expect(links.map(([, href]) => href)).toEqual(['/_app/immutable/assets/a.css', '/_app/immutable/en/nodes/5.js']);
  });
  it('asks for the scripts of a page gone to, in its language; its styles are the client’s to wait for', async () => {
    const { links, prepare } = await begun('/responsable', { lang: 'en' });
    expect(prepare('/responsable/plus')).toMatchObject({ rel: 'modulepreload', href: '/_app/immutable/en/nodes/6.js' });
    expect(links).toHaveLength(2);
  });
  it('leaves no answer of a session that is over to the next person', async () => {
    expect((await begun('/responsable', { signedIn: false })).waiting).toEqual([refresh]);
  });
  it('asks nobody’s name where people sign in, nor outside a door', async () => {
    for (const path of ['/responsable/connexion', '/', '/activation']) expect((await begun(path)).asked).toEqual([]);
  });
});

describe('the shell as built', () => {
  const shell = readFileSync(here('build/index.html'), 'utf8');
  it('allows each of its scripts by its hash, and no other', () => {
    const scripts = [...shell.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
      ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    );
    const allowed = /script-src 'self' ([^;]*);/.exec(shell)?.[1]?.split(' ') ?? [];
    expect(scripts).toHaveLength(3);
    expect(allowed.toSorted()).toEqual(scripts.toSorted());
  });
  it('begins before any style is waited for', () => {
    expect(shell.indexOf('preau:{tree')).toBeGreaterThan(0);
    expect(shell.indexOf('preau:{tree')).toBeLessThan(shell.indexOf('rel="stylesheet"'));
  });
  it('is refused when SvelteKit writes it another way', () => {
    expect(() => earlyShell('<head></head><script>start()</script>', 'begin()')).toThrow('shell.ts');
  });
});

/** Kilobytes of JavaScript (gz) until a home is shown. */
const BUDGET = 60;
const HOMES = ['', ...Object.values(DOOR_WORDS), 'vie-scolaire/direction'];

describe('the first load of each home', async () => {
  const pages = await readPages(here('.svelte-kit/output'));
  const weightOf = (home: string, language: string) => {
    const [, all = []] = pages.find(([pattern]) => new RegExp(pattern).test(`/${home}`)) ?? [];
    const scripts = all.filter((piece) => piece.endsWith('.js'));
    return scripts
      .map((piece) => {
        const own = here(`build/${piece.replace('immutable/', `immutable/${language}/`)}`);
        return gzipSync(readFileSync(existsSync(own) ? own : here(`build/${piece}`))).length / 1024;
      })
      .reduce((sum, one) => sum + one, 0);
  };
  it.each(HOMES.flatMap((home) => LANGUAGES.map((language) => [home, language] as const)))(
    '/%s in %s keeps its budget',
    (home, language) => {
      const weight = weightOf(home, language);
      expect(weight).toBeGreaterThan(30);
      expect(weight).toBeLessThan(BUDGET);
    },
  );
});
