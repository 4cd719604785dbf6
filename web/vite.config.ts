import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { declaredRoutes, oneRouteEach } from './declared-routes.ts';
import { oneLanguage } from './one-language.ts';
import { pieces, wordsRead } from './pieces.ts';
import { plainData } from './plain-data.ts';
import { plainIcons } from './plain-icons.ts';
import { withEarlyShell } from './shell.ts';
import { DOOR_WORDS } from './src/lib/doors.ts';
import { LANGUAGES } from './src/lib/settings/language.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const shell = readFileSync(here('src/app.html'), 'utf8');

/** The shell's own inline pieces, allowed by what they are rather than by `unsafe-inline`. */
const hashesOf = (tag: 'script' | 'style') =>
  [...shell.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(
    ([, text]) =>
      `sha256-${createHash('sha256')
        .update(text as string)
        .digest('base64')}` as const,
  );

export default defineConfig({
  root: here('.'),
  environments: {
    client: {
      build: {
        // The shell lists each page's pieces already (`shell.ts`), and asks for them.
        modulePreload: { resolveDependencies: () => [] },
        // Slower than the bundler's own, and 2 kB lighter on each home.
        minify: 'terser',
        terserOptions: { module: true, ecma: 2020, compress: { passes: 3, keep_fargs: false } },
        rolldownOptions: {
          output: {
            // What nearly every page shares travels in one piece: thirty slivers compress badly and queue on a slow line.
            codeSplitting: {
              groups: [
                // SvelteKit's start says its version before anything reads it. Were both of one piece, the version would be read
                // too early and be none: every look for a newer one finds it, and an error page reloads itself for ever.
                { name: 'start', priority: 9, test: /(client\/payload|preload-helper)\.js$/ },
                ...pieces([...Object.values(DOOR_WORDS), 'vie-scolaire/direction']),
              ],
            },
          },
        },
      },
    },
  },
  plugins: [
    paraglideVitePlugin({
      project: here('project.inlang'),
      outdir: here('src/paraglide'),
      strategy: ['localStorage', 'baseLocale'],
      localStorageKey: 'preau.language',
      outputStructure: 'message-modules',
      emitReadme: false,
      emitGitIgnore: false,
      emitPrettierIgnore: false,
    }),
    oneLanguage(),
    declaredRoutes(here('../shared')),
    oneRouteEach(),
    plainData(),
    plainIcons(),
    wordsRead(),
    sveltekit({
      adapter: withEarlyShell(adapter({ pages: here('build'), fallback: 'index.html' }), here('build'), LANGUAGES[0], LANGUAGES),
      compilerOptions: { runes: true },
      output: { linkHeaderPreload: false },
      paths: { relative: false },
      serviceWorker: { register: false },
      // What changes with each build travels with the page; where the page may connect is the distribution's header.
      csp: {
        mode: 'hash',
        directives: {
          'script-src': ['self', ...hashesOf('script')],
          'style-src': ['self', ...hashesOf('style')],
          // Widths of progress bars, and the announcer of the router.
          'style-src-attr': ['unsafe-inline'],
          'object-src': ['none'],
          'base-uri': ['none'],
        },
      },
    }),
  ],
});
