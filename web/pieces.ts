import type { Plugin } from 'vite';

/** What the bundler says of its modules. */
interface Modules {
  getModuleInfo(id: string): {
    readonly isEntry: boolean;
    readonly importers: readonly string[];
    readonly dynamicImporters: readonly string[];
    readonly importedIds: readonly string[];
  } | null;
}

/** A page or what stands around it, by its address; homes are the pages at a door's first address, the choice of one (``), and the direction's. */
const STANDS = /\/src\/routes\/(?:([\w/-]+)\/)?\+(page|layout|error)\.svelte$/;

/** Enough homes for all of them to carry it. */
const MOST = 4;

/** Who names each word: the list of all words, through which they are imported, would make each of them everybody's. */
const readers = new Map<string, Set<string>>();
const WORD = /\/paraglide\/messages\/(\w+)\.js$/;

export function wordsRead(): Plugin {
  return {
    name: 'preau:words-read',
    enforce: 'post',
    transform(code, id) {
      if (!/\bfrom ["']#messages["']|paraglide\/messages\.js/.test(code)) return;
      for (const [, word = ''] of code.matchAll(/\bm\.(\w+)/g)) readers.set(word, (readers.get(word) ?? new Set()).add(id));
    },
  };
}

/** The homes that need a module before they can be shown; `all` for what the site itself starts with. */
function homesOf(id: string, modules: Modules, words: readonly string[]): readonly string[] | 'all' {
  const homes = new Set<string>();
  const seen = new Set([id]);
  for (const one of seen) {
    const info = modules.getModuleInfo(one);
    const [, word] = WORD.exec(one) ?? [];
    for (const importer of (word && readers.get(word)) || (word === '_index' ? [] : (info?.importers ?? []))) seen.add(importer);
    if (!info?.isEntry) continue;
    if (!/\/nodes\/\d+\.js$/.test(one)) return 'all';
    for (const part of info.importedIds) {
      const [stands, home = '', kind] = STANDS.exec(part) ?? [];
      if (stands === undefined) continue;
      if (home === '' && kind !== 'page') return 'all';
      for (const word of ['', ...words]) if (word === home || (kind !== 'page' && word.startsWith(`${home}/`))) homes.add(word);
    }
  }
  return [...homes].sort();
}

/**
 * The pieces modules travel in: one for what most homes need, one for what a single home alone needs or a few share. Thirty slivers
 * compress badly and queue on a slow line; one piece for everything would weigh on each morning. Other modules are left to the bundler.
 * Each takes along what its modules import, so what more homes need is taken first.
 */
export const pieces = (words: readonly string[]) =>
  [MOST + 1, MOST, 3, 2, 1].map((count) => ({
    priority: count,
    test: /\.(ts|js|svelte)(\?only=\w+)?$/,
    name(id: string, modules: Modules): string | null {
      const { isEntry = false, dynamicImporters = [] } = modules.getModuleInfo(id) ?? {};
      if (isEntry || dynamicImporters.length > 0) return null;
      const homes = homesOf(id, modules, words);
      // Two homes behind one door are not two doors’ need.
      const doors = homes === 'all' ? MOST : new Set(homes.map((home) => home.split('/')[0])).size;
      if (homes === 'all' || doors >= MOST) return count === MOST + 1 ? 'homes' : null;
      return homes.length === count ? `home-${homes.map((home) => home.replace('/', '-') || 'doors').join('-')}` : null;
    },
  }));
