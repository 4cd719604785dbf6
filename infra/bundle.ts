import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildContext, type BuildOptions, build, context, type Metafile, type Plugin } from 'esbuild';
import type { Context } from '../shared/kernel/index.ts';
import { apiCode, GRANTS, piecesCode } from './api-code.ts';
import { type Entry, entriesOf } from './entries.ts';
import { lean } from './lean.ts';
import { markPure, onlyEntry, onlyRoute, onlyTable, unpacked } from './trim-source.ts';

interface BundleOptions {
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
  if (kind === 'api' && !plain) return apiCode(entry, runtime);
  if (/^export (const|let|function|async function) handler\b/m.test(readFileSync(file, 'utf8')))
    return `export { handler } from ${JSON.stringify(file)};`;
  if (!group) throw new Error(`functions/${context}/${name}.ts must export a handler made by ${frame}(…)`);
  return framed(
    `import { ${camel(name)} } from ${JSON.stringify(file)};`,
    `export const handler = ${frame}(manifest.${group}[${JSON.stringify(name)}], ${camel(name)});`,
  );
};

/** The code that is written for a run: of each entry, and of each piece of an API function. */
interface Written {
  readonly entries: ReadonlyMap<string, string>;
  readonly pieces: ReadonlyMap<string, string>;
}

/** Each function's own first module. */
const entries = (written: () => Written, known: ReadonlyMap<string, Entry>): Plugin => ({
  name: 'entries',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({ path, namespace: 'entry' }));
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
      contents: written().entries.get(path) as string,
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
const pieces = (written: () => Written, root: string): Plugin => ({
  name: 'pieces',
  setup({ onStart, onResolve, onLoad }) {
    let read = reader();
    onStart(() => {
      read = reader();
    });
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
      contents: written().pieces.get(path) as string,
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
      const of = piece.slice(piece.indexOf('/') + 1);
      const contents = file.endsWith('/manifest.ts') ? markPure(of === GRANTS ? onlyTable(source) : onlyRoute(source, of)) : source;
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
        contents: markPure(onlyEntry(source, entry)),
        loader: 'ts',
        resolveDir: dirname(file),
      };
    });
    onLoad({ filter: SHARED }, async ({ path }) => ({ contents: markPure(await readFile(path, 'utf8')), loader: 'ts' }));
  },
});

/** CommonJS inside a module bundle still asks for these. */
const BANNER = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

const SETTINGS = {
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

/** What a catalogue's functions are bundled from. */
const sourcesOf = (catalogue: readonly Context[], { root = HERE, plain = false }: BundleOptions) => {
  const known = new Map(catalogue.flatMap(entriesOf).map((entry) => [`entry:${entry.context}/${entry.name}`, entry]));
  const write = (): Written => ({
    entries: new Map([...known].map(([path, entry]) => [path, entryCode(entry, root, plain)])),
    pieces: new Map(
      [...known.values()].flatMap((entry) =>
        entry.kind === 'api' && !plain ? piecesCode(entry, readFileSync(join(root, 'functions', entry.context, 'api.ts'), 'utf8')) : [],
      ),
    ),
  });
  return { known, write, folders: [...known.keys()].map((path) => path.slice('entry:'.length)) };
};

const entryPoints = (folders: readonly string[]) => folders.map((folder) => ({ in: `entry:${folder}`, out: `${folder}/index` }));

/** The files on disk that a build read: our own plugins name them with what they were read for. */
const filesRead = ({ inputs }: Metafile): Set<string> =>
  new Set(Object.keys(inputs).map((input) => resolve(HERE, input.replace(/^[a-z]+:/, '').replace(/\?.*$/, ''))));

/** Functions that are bundled together, ready to be bundled again. */
interface Bundle {
  readonly folders: readonly string[];
  readonly build: BuildContext<{ metafile: true }>;
  /** The `api.ts` whose use cases are written into the pieces of its routes, and which itself is in no build. */
  readonly api?: string;
  /** Unknown until it succeeded, and after it failed. */
  reads?: Set<string> | undefined;
}

export interface Bundler {
  /**
   * Bundles the functions that read one of these files (absolute paths), or all of them, and answers with the folder of each that was bundled.
   * Only code may have changed since the bundler was made, never what a manifest declares.
   */
  readonly bundle: (changed?: readonly string[]) => Promise<Map<string, string>>;
  readonly dispose: () => Promise<void>;
}

/**
 * Bundles every function of a catalogue into `outDir/<context>/<entry>/index.mjs`, and again what an edit touches. Someone waits for an API
 * function: its adapters are pieces of their own beside it, loaded when they are first called.
 */
export const bundlerOf = async (
  catalogue: readonly Context[],
  outDir: string,
  options: Pick<BundleOptions, 'root'> = {},
): Promise<Bundler> => {
  const { root = HERE } = options;
  const { known, folders, write } = sourcesOf(catalogue, options);
  let written = write();
  await rm(outDir, { recursive: true, force: true });
  const lightly = { ...SETTINGS, minify: true, metafile: true, banner: { js: BANNER } } as const;
  const plugins = (late: boolean) => [
    entries(() => written, known),
    ...(late ? [pieces(() => written, root)] : []),
    granted({ pieces: late }),
    lean,
  ];
  const awaited = folders.filter((folder) => known.get(`entry:${folder}`)?.kind === 'api');
  const unawaited = folders.filter((folder) => !awaited.includes(folder));
  const bundles: Bundle[] = await Promise.all([
    context({ ...lightly, plugins: plugins(false), entryPoints: entryPoints(unawaited), outdir: outDir }).then((build) => ({
      folders: unawaited,
      build,
    })),
    // Pieces that a function loads when it first needs them would be shared between functions, were these bundled together.
    ...awaited.map((folder) =>
      context({
        ...lightly,
        plugins: plugins(true),
        entryPoints: [{ in: `entry:${folder}`, out: 'index' }],
        outdir: join(outDir, folder),
        splitting: true,
        chunkNames: '[name]-[hash]',
      }).then((build) => ({ folders: [folder], build, api: join(root, 'functions', dirname(folder), 'api.ts') })),
    ),
  ]);
  const again = async (bundle: Bundle): Promise<void> => {
    bundle.reads = undefined;
    // Pieces are named by what is in them: those of before would stay beside those of now.
    await Promise.all(bundle.folders.map((folder) => rm(join(outDir, folder), { recursive: true, force: true })));
    bundle.reads = filesRead((await bundle.build.rebuild()).metafile);
  };
  return {
    bundle: async (changed) => {
      written = write();
      const reads = ({ reads, api }: Bundle) =>
        changed === undefined || reads === undefined || [...reads, api].some((file) => file !== undefined && changed.includes(file));
      const touched = bundles.filter(reads);
      await Promise.all(touched.map(again));
      const bundled = new Set(touched.flatMap((bundle) => bundle.folders));
      return new Map(folders.filter((folder) => bundled.has(folder)).map((folder) => [folder, join(outDir, folder)]));
    },
    dispose: async () => {
      await Promise.all(bundles.map(({ build }) => build.dispose()));
    },
  };
};

/** Bundles every function of a catalogue, once. */
export const bundleFunctions = async (
  catalogue: readonly Context[],
  outDir: string,
  options: Pick<BundleOptions, 'root'> = {},
): Promise<Map<string, string>> => {
  const bundler = await bundlerOf(catalogue, outDir, options);
  try {
    return await bundler.bundle();
  } finally {
    await bundler.dispose();
  }
};

/** The same functions with esbuild's defaults and every adapter: what the cold-path benchmark compares with. */
export const bundlePlainly = async (
  catalogue: readonly Context[],
  outDir: string,
  options: Pick<BundleOptions, 'root'> = {},
): Promise<Map<string, string>> => {
  const { known, folders, write } = sourcesOf(catalogue, { ...options, plain: true });
  const written = write();
  const uses = `const USES = { ${KINDS.map((kind) => `${kind}: true`).join(', ')} };`;
  await rm(outDir, { recursive: true, force: true });
  await build({
    ...SETTINGS,
    entryPoints: entryPoints(folders),
    outdir: outDir,
    banner: { js: `${BANNER} ${uses}` },
    plugins: [entries(() => written, known)],
  });
  return new Map(folders.map((folder) => [folder, join(outDir, folder)]));
};
