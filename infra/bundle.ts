import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Context, Grant } from '../shared/kernel/index.ts';
import { type Entry, entriesOf } from './entries.ts';

export interface BundleOptions {
  /** The folder that holds `functions/`; tests give another. */
  readonly root?: string;
  /** As anyone would bundle without thinking: the baseline of the cold-path benchmark. */
  readonly plain?: boolean;
}

const HERE = fileURLToPath(new URL('..', import.meta.url));
const KINDS = ['table', 'question', 'queue', 'files', 'accounts', 'mail', 'secret'] as const;
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

/** Which adapters are kept: `ports.ts` asks, esbuild answers and drops the rest. */
const usesOf = (grants: readonly Grant[]) =>
  Object.fromEntries(KINDS.map((kind) => [`USES.${kind}`, String(grants.some((grant) => grant.kind === kind))]));

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The code that Lambda calls. A file with a `handler` speaks for itself; one that only has its use case
 * (`on-roll-call-saved.ts` exports `onRollCallSaved`) is framed as its manifest entry says.
 */
const entryCode = ({ context, name, kind }: Entry, root: string): string => {
  const { frame, module, group } = FRAMES[kind];
  const file = join(root, 'functions', context, `${name}.ts`);
  const framed = (...rest: string[]) =>
    [
      `import manifest from ${JSON.stringify(join(root, 'functions', context, 'manifest.ts'))};`,
      `import { ${frame} } from ${JSON.stringify(join(HERE, 'functions/runtime', `${module}.ts`))};`,
      ...rest,
    ].join('\n');
  if (!existsSync(file)) {
    if (kind === 'relay') return framed('export const handler = relay(manifest.table, manifest.relay);');
    throw new Error(
      `functions/${context}/manifest.ts declares ${name}, but there is no functions/${context}/${name}.ts: write it, or remove the entry`,
    );
  }
  if (/^export (const|let|function|async function) handler\b/m.test(readFileSync(file, 'utf8')))
    return `export { handler } from ${JSON.stringify(file)};`;
  if (!group) throw new Error(`functions/${context}/${name}.ts must export a handler made by ${frame}(…)`);
  return framed(
    `import { ${camel(name)} } from ${JSON.stringify(file)};`,
    `export const handler = ${frame}(manifest.${group}[${JSON.stringify(name)}], ${camel(name)});`,
  );
};

const entries = (bundles: ReadonlyMap<string, Entry>, root: string): Plugin => ({
  name: 'entries',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({ path, namespace: 'entry' }));
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
      contents: entryCode(bundles.get(path) as Entry, root),
      loader: 'ts',
      resolveDir: root,
    }));
  },
});

/** Our modules do nothing when they are loaded but declare: what nobody uses of them can go. */
const pure: Plugin = {
  name: 'pure',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir }) => ({ path: resolve(resolveDir, path), sideEffects: false }));
  },
};

/**
 * What Lambda never needs at a cold start. Importing `node:http` as a module evaluates its lazy properties, undici's WebSocket
 * among them (25 ms against 3 ms for the same object asked of Node directly). Credentials are always given (clients.ts), so the chain
 * of providers (files, SSO, instance metadata) is dead weight.
 */
const lean: Plugin = {
  name: 'lean',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?http2?$/ }, ({ path }) => ({
      path: path.replace(/^(node:)?/, 'node:'),
      namespace: 'builtin',
      sideEffects: false,
    }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({ path, namespace: 'credentials', sideEffects: false }));
    onLoad({ filter: /.*/, namespace: 'credentials' }, () => ({
      contents: `export const defaultProvider = () => async () => { throw new Error('no credentials in the environment'); };`,
    }));
  },
};

/** CommonJS inside a module bundle still asks for these. */
const BANNER = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/**
 * Bundles every function of a catalogue into `outDir/<context>/<entry>/index.mjs`; functions with the same grants share one run,
 * and the runs go side by side. Source maps lie beside `outDir`, not in what is shipped.
 */
export const bundleFunctions = async (
  catalogue: readonly Context[],
  outDir: string,
  { root = HERE, plain = false }: BundleOptions = {},
): Promise<Map<string, string>> => {
  const folders = new Map(catalogue.flatMap(entriesOf).map((entry) => [`${entry.context}/${entry.name}`, entry]));
  await rm(outDir, { recursive: true, force: true });
  const runs = new Map<string, Map<string, Entry>>();
  for (const [folder, entry] of folders) {
    const uses = JSON.stringify(usesOf(entry.grants));
    runs.set(uses, (runs.get(uses) ?? new Map<string, Entry>()).set(`entry:${folder}`, entry));
  }
  await Promise.all(
    [...runs].map(async ([uses, members]) => {
      const { outputFiles } = await build({
        entryPoints: [...members.keys()].map((entry) => ({ in: entry, out: `${entry.slice('entry:'.length)}/index` })),
        outdir: outDir,
        outExtension: { '.js': '.mjs' },
        absWorkingDir: HERE,
        bundle: true,
        write: false,
        platform: 'node',
        target: 'node24',
        format: 'esm',
        // One by one: an object would be shared, not inlined, and nothing would be dropped.
        define: plain ? {} : JSON.parse(uses),
        banner: { js: plain ? `${BANNER} const USES = { ${KINDS.map((kind) => `${kind}: true`).join(', ')} };` : BANNER },
        mainFields: ['module', 'main'],
        loader: { '.woff': 'base64' },
        minify: !plain,
        sourcemap: plain ? false : 'external',
        legalComments: 'none',
        logLevel: 'silent',
        plugins: [entries(members, root), ...(plain ? [] : [pure, lean])],
      });
      await Promise.all(
        outputFiles.map(async ({ path, contents }) => {
          const target = path.endsWith('.map') ? join(`${outDir}-maps`, relative(outDir, path)) : path;
          await mkdir(dirname(target), { recursive: true });
          await writeFile(target, contents);
        }),
      );
    }),
  );
  return new Map([...folders.keys()].map((folder) => [folder, join(outDir, folder)]));
};

/** The same functions with esbuild's defaults and every adapter: what the cold-path benchmark compares with. */
export const bundlePlainly = (
  catalogue: readonly Context[],
  outDir: string,
  options: Pick<BundleOptions, 'root'> = {},
): Promise<Map<string, string>> => bundleFunctions(catalogue, outDir, { ...options, plain: true });
