import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Made by tools or fetched: not ours to judge. */
const NOT_OURS = new Set(['node_modules', '.git', '.preau', '.svelte-kit', 'cdk.out', 'coverage', 'build', 'paraglide']);
const CODE = /\.(ts|mts|js|mjs|cjs|svelte)$/;

const walk = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : walk(path);
    return entry.isFile() && CODE.test(entry.name) ? [path] : [];
  });

/** Every file of code in the repository, from its root. */
export const sources: readonly string[] = walk('.').sort();

export interface Import {
  readonly from: string;
  /** A path from the root, or a package's name with what follows. */
  readonly to: string;
  readonly inside: boolean;
}

const scripts = (text: string): string => [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n');

/** `#shared/…` and `#lib/…`, as package.json and the web's own name their roots. */
const ALIASES: readonly [RegExp, string][] = [
  [/^#shared\//, 'shared/'],
  [/^(#lib|\$lib)\//, 'web/src/lib/'],
  [/^#messages$/, 'web/src/lib/messages'],
];

export function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const { importedFiles } = ts.preProcessFile(file.endsWith('.svelte') ? scripts(text) : text, true, true);
  return importedFiles.map(({ fileName }) => {
    const alias = ALIASES.find(([name]) => name.test(fileName));
    if (alias) return { from: file, to: fileName.replace(alias[0], alias[1]), inside: true };
    return fileName.startsWith('.')
      ? { from: file, to: normalize(join(dirname(file), fileName)), inside: true }
      : { from: file, to: fileName, inside: false };
  });
}

/** `@scope/name` or `name`, of any import of a package. */
export const packageOf = (name: string): string =>
  name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] as string);

export const isThere = (file: string): boolean => existsSync(join(ROOT, file));

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
