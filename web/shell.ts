import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Adapter } from '@sveltejs/kit';
import { minify } from 'vite';
import { me } from '../shared/directory/routes.ts';
import { refresh } from '../shared/session/routes.ts';
import { inLanguage } from './one-language.ts';
import { addressOf } from './src/lib/api/client.ts';
import { DOOR_WORDS, DOORS } from './src/lib/doors.ts';

/** What SvelteKit says of the build: a page's nodes, and what each of them is made of. */
interface Manifest {
  readonly client: { readonly imports: readonly string[]; readonly stylesheets: readonly string[] };
  readonly nodes: readonly (() => Promise<{ readonly imports: readonly string[]; readonly stylesheets: readonly string[] }>)[];
  readonly routes: readonly {
    readonly pattern: RegExp;
    readonly page: {
      readonly layouts: readonly (number | undefined)[];
      readonly errors: readonly (number | undefined)[];
      readonly leaf: number;
    } | null;
  }[];
}

/** An address, and the pieces its page is made of. */
export type Page = readonly [pattern: string, pieces: readonly string[]];

/** The pieces of each page, whole: none of them has to arrive before the next is asked for. */
export async function pagesOf({ client, nodes, routes }: Manifest): Promise<Page[]> {
  const made = await Promise.all(nodes.map((node) => node()));
  return routes.flatMap(({ pattern, page }) => {
    if (!page) return [];
    const parts = [client, ...[...page.layouts, page.leaf, ...page.errors].flatMap((index) => made[index ?? -1] ?? [])];
    return [[pattern.source, [...new Set(parts.flatMap(({ stylesheets, imports }) => [...stylesheets, ...imports]))]] as const];
  });
}

/** SvelteKit leaves out a piece that one page imports at once and another only when it is asked for: each page is completed with what its pieces import. */
export function completed(pages: readonly Page[], read: (piece: string) => string): Page[] {
  const imported = new Map<string, readonly string[]>();
  const importsOf = (piece: string): readonly string[] => {
    const known = imported.get(piece);
    if (known || !piece.endsWith('.js')) return known ?? [];
    const found = [...read(piece).matchAll(/\b(?:import|from)\s*"(\.{1,2}\/[^"]+\.js)"/g)].map(([, path = '']) =>
      posix.join(posix.dirname(piece), path),
    );
    imported.set(piece, found);
    return found;
  };
  return pages.map(([pattern, own]) => {
    const all = new Set(own);
    for (const piece of all) for (const one of importsOf(piece)) all.add(one);
    return [pattern, [...all]];
  });
}

/** What the pages of the site built into `output` are made of. */
export async function readPages(output: string): Promise<Page[]> {
  const { manifest } = (await import(`${pathToFileURL(join(output, 'server/manifest-full.js'))}?${Date.now()}`)) as { manifest: Manifest };
  return completed(await pagesOf(manifest), (piece) => readFileSync(join(output, 'client', piece), 'utf8'));
}

interface Start {
  readonly pages: readonly (readonly [pattern: string, pieces: readonly number[]])[];
  readonly pieces: readonly string[];
  /** Languages that have pieces of their own, beside those of the base language. */
  readonly others: readonly string[];
  /** By the word of a door: its renewal, and who came in. */
  readonly doors: Readonly<Record<string, readonly [refresh: string, me: string]>>;
}

/**
 * Runs in the shell, before any piece is there: asks at once for all that the page at this address is made of, in its language, and for
 * what a door's page always begins with. The client takes these answers up (`src/lib/api/begun.ts`), and asks here for the scripts of the
 * pages it goes to: each page's pieces are listed once.
 */
function begin({ pages, pieces, others, doors }: Start): void {
  const { pathname } = location;
  const language = document.documentElement.lang;
  const tree = others.includes(language) ? `/_app/immutable/${language}/` : '/_app/immutable/';
  const piecesOf = (path: string) =>
    (pages.find(([pattern]) => new RegExp(pattern).test(path))?.[1] ?? []).map((index) => pieces[index] ?? '');
  const add = (rel: string, href: string) => {
    const link = document.createElement('link');
    link.rel = rel;
    // Nothing is painted without its style.
    if (rel === 'stylesheet') link.setAttribute('blocking', 'render');
    link.href = href;
    document.head.append(link);
  };
  const isStyle = (piece: string) => piece.endsWith('.css');
  // Of a page gone to, the client waits for the styles itself: one that is there before it looks would be taken for loaded.
  const prepare = (path: string) => {
    for (const piece of piecesOf(path)) if (!isStyle(piece)) add('modulepreload', tree + piece);
  };
  for (const piece of piecesOf(pathname)) if (isStyle(piece)) add('stylesheet', `/_app/immutable/${piece}`);
  prepare(pathname);
  const begun = new Map<string, Promise<Response>>();
  const asked = doors[pathname.split('/')[1] as string];
  if (asked && !pathname.endsWith('/connexion')) {
    const [renewal, who] = asked;
    const renewed = fetch(renewal, { method: 'POST', headers: { accept: 'application/json' } });
    begun.set(renewal, renewed);
    renewed
      .then((answer) => (answer.ok ? answer.clone().json() : undefined))
      .then((tokens) => {
        if (!tokens) return;
        const found = fetch(who, { headers: { accept: 'application/json', authorization: `Bearer ${tokens.accessToken}` } });
        found.catch(() => {});
        begun.set(who, found);
      })
      .catch(() => {});
  }
  Object.assign(globalThis, { preau: { tree, begun, prepare, pieces, pages } });
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** `_app/immutable/nodes/5.x.js` and `_app/immutable/assets/5.x.css`, less what all have in common. */
const shortOf = (piece: string) => piece.replace('_app/immutable/', '');

/** The script that begins: what it needs to know is said once, by position. */
export async function beginning(pages: readonly Page[], others: readonly string[]): Promise<string> {
  const pieces = [...new Set(pages.flatMap(([, all]) => all))];
  const start: Start = {
    pages: pages.map(([pattern, all]) => [pattern, all.map((piece) => pieces.indexOf(piece))]),
    pieces: pieces.map(shortOf),
    others,
    doors: Object.fromEntries(
      DOORS.map((door) => [DOOR_WORDS[door], [addressOf(refresh, 'public', { door }), addressOf(me, door)]] as const),
    ),
  };
  const { code } = await minify('begin.js', `(${begin})(${JSON.stringify(start)})`, { compress: true, mangle: true });
  return code.trim();
}

/** The shell that SvelteKit wrote, begun early: its own links are for one language, its start waits for one piece after the other. */
export function earlyShell(shell: string, script: string): string {
  const start = /<script>([^<]*?__sveltekit_[^<]*?)<\/script>/;
  const [, before] = start.exec(shell) ?? [];
  const after = before?.replace(/import\("\/_app\/immutable\/([^"]+)"\)/g, 'import(preau.tree + "$1")');
  if (!before || !after || after === before || !shell.includes(hashOf(before)))
    throw new Error('SvelteKit writes its shell another way: see shell.ts.');
  return shell
    .replace(/\s*<link href="[^"]*" rel="modulepreload">/g, '')
    .replace(before, () => after)
    .replace(hashOf(before), () => `${hashOf(script)} ${hashOf(after)}`)
    .replace('<link href="', () => `<script>${script}</script>\n\t\t<link href="`);
}

/** Pieces for one more language, beside those they are copied from. */
async function speak(site: string, language: string, folder: string): Promise<void> {
  const immutable = join(site, '_app/immutable');
  for (const file of globSync('{entry,chunks,nodes}/*.js', { cwd: immutable })) {
    const code = (await readFile(join(immutable, file), 'utf8')).replaceAll(
      /\/_app\/immutable\/(entry|chunks|nodes)\//g,
      `/_app/immutable/${folder}$1/`,
    );
    const to = join(immutable, folder, file);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, await inLanguage(file, code, language));
  }
}

/** Puts the site where `inner` does, each piece in each language (the base one last, in place), and lets its shell begin early. */
export function withEarlyShell(inner: Adapter, site: string, base: string, languages: readonly string[]): Adapter {
  return {
    name: inner.name,
    async adapt(builder) {
      await inner.adapt(builder);
      const others = languages.filter((language) => language !== base);
      for (const language of others) await speak(site, language, `${language}/`);
      await speak(site, base, '');
      const shell = join(site, 'index.html');
      const pages = await readPages(dirname(builder.getServerDirectory()));
      await writeFile(shell, earlyShell(await readFile(shell, 'utf8'), await beginning(pages, others)));
    },
  };
}
