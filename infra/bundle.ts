import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import type { Context } from '../shared/kernel/index.ts';
import { apiCode, piecesCode } from './api-code.ts';
import { type Entry, entriesOf } from './entries.ts';
import { lean } from './lean.ts';
import { markPure, onlyEntry, onlyRoute, onlyTable, unpacked } from './trim-source.ts';

export interface BundleOptions {
  /** The folder that holds `functions/`; tests give another. */
  readonly root?: string;
  /** As anyone would bundle without thinking: the baseline of the cold-path benchmark. */
  readonly plain?: boolean;
}

const HERE = fileURLToPath(new URL('..', import.meta.url));
const KINDS = ['table', 'question', 'queue', 'files', 'accounts', 'mail', 'push', 'sms', 'secret'] as const;
/** How an entry of each kind is framed: the function, the file it lives in, and where in the manifest the entry stands. */
const FRAMES = {
  api: { frame: 'serve', module: 'serve', group: undefined },
  answers: { frame: 'answers', module: 'answer', group: undefined },
  relay: { frame: 'relay', module: 'relay', group: undefined },
  consumer: { frame: 'consume', module: 'consume', group: 'consumers' },
  worker: { frame: 'work', module: 'work', group: 'workers' },
  schedule: { frame: 'runSchedule', module: 'run-schedule', group: 'schedules' },
  feedback: { frame: 'feedback', module: 'feedback', group: 'feedback' },
} as const satisfies Record<Entry['kind'], { frame: string; module: string; group: string | undefined }>;

/** The modules on the way from an entry to its ports: each set of grants has its own copy of these, and of nothing else. */
const RUNTIME = join(HERE, 'functions/runtime');
const TO_PORTS = new Set([...Object.values(FRAMES).map(({ module }) => module), 'ports'].map((module) => join(RUNTIME, `${module}.ts`)));

const SHARED = new RegExp(`^${join(HERE, 'shared').replace(/[^\w/]/g, '\\$&')}/.*\\.ts$`);

/** The kinds of grant an entry has, which are the adapters it ships. */
const usesOf = ({ grants }: Entry): string => KINDS.filter((kind) => grants.some((grant) => grant.kind === kind)).join('+');

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The code that Lambda calls. A file with a `handler` speaks for itself; one that only has its use case
 * (`on-roll-call-saved.ts` exports `onRollCallSaved`) is framed as its manifest entry says.
 */
const entryCode = (entry: Entry, root: string, plain: boolean): string => {
  const { context, name, kind } = entry;
  const { frame, module, group } = FRAMES[kind];
  const file = join(root, 'functions', context, `${name}.ts`);
  const manifest = join(root, 'functions', context, 'manifest.ts');
  const runtime = join(RUNTIME, `${module}.ts`);
  const framed = (...rest: string[]) =>
    [`import manifest from ${JSON.stringify(manifest)};`, `import { ${frame} } from ${JSON.stringify(runtime)};`, ...rest].join('\n');
  if (!existsSync(file)) {
    if (kind === 'relay') return framed('export const handler = relay(manifest.table, manifest.relay);');
    throw new Error(
      `functions/${context}/manifest.ts declares ${name}, but there is no functions/${context}/${name}.ts: write it, or remove the entry`,
    );
  }
  if (kind === 'api' && !plain) return apiCode(entry, { manifest, serve: runtime });
  if (/^export (const|let|function|async function) handler\b/m.test(readFileSync(file, 'utf8')))
    return `export { handler } from ${JSON.stringify(file)};`;
  if (!group) throw new Error(`functions/${context}/${name}.ts must export a handler made by ${frame}(…)`);
  return framed(
    `import { ${camel(name)} } from ${JSON.stringify(file)};`,
    `export const handler = ${frame}(manifest.${group}[${JSON.stringify(name)}], ${camel(name)});`,
  );
};

/** Each function's own first module. */
const entries = (code: ReadonlyMap<string, string>, known: ReadonlyMap<string, Entry>): Plugin => ({
  name: 'entries',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({ path, namespace: 'entry' }));
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
      contents: code.get(path) as string,
      loader: 'ts',
      resolveDir: HERE,
      pluginData: { uses: usesOf(known.get(path) as Entry), entry: known.get(path) as Entry } satisfies Granted,
    }));
  },
});

/** What a module of a piece knows of itself. */
interface OfPiece {
  readonly piece: string;
}

/** Reads a file once for all the pieces that have a copy of it. */
const reader = () => {
  const known = new Map<string, Promise<string>>();
  return (file: string): Promise<string> => {
    let text = known.get(file);
    if (!text) {
      text = readFile(file, 'utf8').then((source) => (SHARED.test(file) ? markPure(source) : unpacked(source)));
      known.set(file, text);
    }
    return text;
  };
};

/**
 * Each route of an API function with its use case. A piece has its own copy of what contexts declare and do, so that one file is read
 * for one request, and holds nothing of its neighbours: modules have no state of their own. The libraries, the kernel and the runtime are shared.
 */
const pieces = (code: ReadonlyMap<string, string>, root: string): Plugin => ({
  name: 'pieces',
  setup({ onResolve, onLoad }) {
    const read = reader();
    const own = (file: string) =>
      (file.startsWith(join(root, 'functions/')) && !file.startsWith(RUNTIME)) ||
      (file.startsWith(join(HERE, 'shared/')) && !file.startsWith(join(HERE, 'shared/kernel/')));
    onResolve({ filter: /^piece:/ }, ({ path }) => ({
      path,
      namespace: 'piece',
      sideEffects: false,
      pluginData: { piece: path } satisfies OfPiece,
    }));
    onLoad({ filter: /.*/, namespace: 'piece' }, ({ path, pluginData }) => ({
      contents: code.get(path) as string,
      loader: 'ts',
      resolveDir: join(root, 'functions', path.slice('piece:'.length, path.indexOf('/'))),
      pluginData,
    }));
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir, pluginData }) => {
      const { piece } = (pluginData ?? {}) as Partial<OfPiece>;
      const target = resolve(resolveDir, path);
      if (piece === undefined || !own(target)) return undefined;
      return { path: `${target}?${piece}`, namespace: 'copy', sideEffects: false, pluginData };
    });
    onLoad({ filter: /.*/, namespace: 'copy' }, async ({ path, pluginData }) => {
      const { piece } = pluginData as OfPiece;
      const file = path.slice(0, path.indexOf('?'));
      const source = await read(file);
      const contents = file.endsWith('/manifest.ts') ? markPure(onlyRoute(source, piece.slice(piece.indexOf('/') + 1))) : source;
      return { contents, loader: 'ts', resolveDir: dirname(file), pluginData };
    });
  },
});

/**
 * The ports with the grants written in. A function nobody waits for has its adapters in its one file, as if they were imported plainly:
 * importing late within one file makes the bundler wrap every module that they share with the rest.
 */
const portsSource = (source: string, uses: string, pieces: boolean): string => {
  const written = source.replace(/\bUSES\.(\w+)/g, (_, kind: string) => String(uses.split('+').includes(kind)));
  if (pieces) return written;
  const imports: string[] = [];
  const plain = written.replace(/await import\((['"][^'"]+['"])\)/g, (_, path: string) => {
    imports.push(`import * as late${imports.length} from ${path};`);
    return `late${imports.length - 1}`;
  });
  return [...imports, plain].join('\n');
};

interface Granted {
  readonly uses: string;
  /** Only with the modules that name their own entry of the manifest. */
  readonly entry?: Entry;
}

/**
 * The SDK is read once for all functions of a run, and what lies between an entry and its ports once for each set of grants, with
 * `USES.mail` written out as true or false. A function's manifest is left with its own entry. Our modules only declare when
 * they are loaded, so that what nobody uses of them can go, value by value.
 */
const granted = ({ pieces }: { readonly pieces: boolean }): Plugin => ({
  name: 'granted',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(\/|\.{1,2}\/).*\.ts$/ }, ({ path, resolveDir, namespace, pluginData }) => {
      const target = resolve(resolveDir, path);
      const { uses, entry } = (pluginData ?? {}) as Partial<Granted>;
      if (uses === undefined) return { path: target, sideEffects: false };
      if (entry && target.endsWith('/manifest.ts'))
        return { path: `${target}?${entry.name}`, namespace: 'manifest', sideEffects: false, pluginData: entry };
      const first = namespace === 'entry';
      if (!(first || TO_PORTS.has(target))) return { path: target, sideEffects: false };
      return {
        path: `${target}?${uses}`,
        namespace: 'granted',
        sideEffects: false,
        pluginData: { uses, ...(first && entry && { entry }) } satisfies Granted,
      };
    });
    onLoad({ filter: /.*/, namespace: 'granted' }, async ({ path, pluginData }) => {
      const file = path.slice(0, path.lastIndexOf('?'));
      const { uses } = pluginData as Granted;
      const source = await readFile(file, 'utf8');
      const contents = file === join(RUNTIME, 'ports.ts') ? portsSource(source, uses, pieces) : source;
      return { contents, loader: 'ts', resolveDir: dirname(file), pluginData };
    });
    onLoad({ filter: /.*/, namespace: 'manifest' }, async ({ path, pluginData }) => {
      const file = path.slice(0, path.lastIndexOf('?'));
      const source = unpacked(await readFile(file, 'utf8'));
      const entry = pluginData as Entry;
      return {
        contents: markPure(entry.kind === 'api' ? onlyTable(source) : onlyEntry(source, entry)),
        loader: 'ts',
        resolveDir: dirname(file),
      };
    });
    onLoad({ filter: SHARED }, async ({ path }) => ({ contents: markPure(await readFile(path, 'utf8')), loader: 'ts' }));
  },
});

/** CommonJS inside a module bundle still asks for these. */
const BANNER = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/**
 * Bundles every function of a catalogue into `outDir/<context>/<entry>/index.mjs`. Someone waits for an API function: its adapters are
 * pieces of their own beside it, loaded when they are first called.
 */
export const bundleFunctions = async (
  catalogue: readonly Context[],
  outDir: string,
  { root = HERE, plain = false }: BundleOptions = {},
): Promise<Map<string, string>> => {
  const folders = new Map(catalogue.flatMap(entriesOf).map((entry) => [`${entry.context}/${entry.name}`, entry]));
  const known = new Map([...folders].map(([folder, entry]) => [`entry:${folder}`, entry]));
  const code = new Map([...known].map(([path, entry]) => [path, entryCode(entry, root, plain)]));
  const piece = new Map(
    [...folders.values()].flatMap((entry) =>
      entry.kind === 'api' ? piecesCode(entry, readFileSync(join(root, 'functions', entry.context, 'api.ts'), 'utf8')) : [],
    ),
  );
  await rm(outDir, { recursive: true, force: true });
  const settings = {
    absWorkingDir: HERE,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    loader: { '.woff': 'base64' },
    legalComments: 'none',
    logLevel: 'silent',
  } as const satisfies BuildOptions;
  const entryPoints = (names: readonly string[]) => names.map((folder) => ({ in: `entry:${folder}`, out: `${folder}/index` }));
  const names = [...folders.keys()];
  if (plain) {
    const uses = `const USES = { ${KINDS.map((kind) => `${kind}: true`).join(', ')} };`;
    await build({
      ...settings,
      entryPoints: entryPoints(names),
      outdir: outDir,
      banner: { js: `${BANNER} ${uses}` },
      plugins: [entries(code, known)],
    });
  } else {
    const lightly = { ...settings, minify: true, banner: { js: BANNER } };
    const plugins = (late: boolean) => [entries(code, known), ...(late ? [pieces(piece, root)] : []), granted({ pieces: late }), lean];
    const awaited = names.filter((folder) => folders.get(folder)?.kind === 'api');
    await Promise.all([
      build({
        ...lightly,
        plugins: plugins(false),
        entryPoints: entryPoints(names.filter((folder) => !awaited.includes(folder))),
        outdir: outDir,
      }),
      // Pieces that a function loads when it first needs them would be shared between functions, were these bundled together.
      ...awaited.map((folder) =>
        build({
          ...lightly,
          plugins: plugins(true),
          entryPoints: [{ in: `entry:${folder}`, out: 'index' }],
          outdir: join(outDir, folder),
          splitting: true,
          chunkNames: '[name]-[hash]',
        }),
      ),
    ]);
  }
  return new Map([...folders.keys()].map((folder) => [folder, join(outDir, folder)]));
};

/** The same functions with esbuild's defaults and every adapter: what the cold-path benchmark compares with. */
export const bundlePlainly = (
  catalogue: readonly Context[],
  outDir: string,
  options: Pick<BundleOptions, 'root'> = {},
): Promise<Map<string, string>> => bundleFunctions(catalogue, outDir, { ...options, plain: true });
