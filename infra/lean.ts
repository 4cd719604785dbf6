import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** `node:module` stays as it is: the bundles' first line asks it for `require`. */
const BUILTIN = new RegExp(`^(node:)?(${builtinModules.filter((name) => name !== 'module' && !name.includes(':')).join('|')})$`);

const LIBRARIES = fileURLToPath(new URL('../node_modules', import.meta.url));

const noJsonSchema = (...names: string[]): string =>
  [`const none = () => { throw new Error('a bundle knows no JSON Schema'); };`, ...names.map((name) => `export { none as ${name} };`)].join(
    '\n',
  );

/** A piece of a library's source in the place of another; it must be there, so that a new version is met with open eyes. */
const edit =
  (from: string, to: string) =>
  (source: string, path: string): string => {
    if (!source.includes(from)) throw new Error(`infra/lean.ts expects \`${from}\` in ${path}: look at what its new version does`);
    return source.replace(from, to);
  };

interface Instead {
  /** The end of a module's path. */
  readonly of: RegExp;
  readonly put: string | ((source: string, path: string) => string);
}

/** Modules of libraries that a function can do without, and what stands in their place. */
const INSTEAD: readonly Instead[] = [
  // Credentials are always given (clients.ts): the chain of providers (files, SSO, instance metadata) is dead weight.
  {
    of: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    put: `export const defaultProvider = () => async () => { throw new Error('no credentials in the environment'); };`,
  },
  // A function has no home with a configuration in it: every setting is given, or in the environment.
  {
    of: /@smithy\/core\/dist-es\/submodules\/config\/shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    put: `export { CONFIG_PREFIX_SEPARATOR } from './constants';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  // Bodies are Node's own streams: to ask whether one is of the web's loads all of these.
  {
    of: /@smithy\/core\/dist-es\/submodules\/serde\/util-stream\/stream-type-check\.js$/,
    put: 'export const isReadableStream = () => false; export const isBlob = () => false;',
  },
  {
    of: /@smithy\/core\/dist-es\/submodules\/serde\/util-stream\/checksum\/createChecksumStream\.js$/,
    put: `export { ChecksumStream } from './ChecksumStream'; import { ChecksumStream } from './ChecksumStream';
      export const createChecksumStream = (init) => new ChecksumStream(init);`,
  },
  // Asked of Node when it is used.
  {
    of: /@smithy\/core\/dist-es\/submodules\/checksum\/crc32\/Crc32Node\.js$/,
    put: edit(
      'const zlibCrc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : undefined;',
      'const zlibCrc32 = (data, value) => process.getBuiltinModule("node:zlib").crc32(data, value);',
    ),
  },
  // Bodies are text: to name the class of a file's stream loads it (5 ms).
  {
    of: /@smithy\/core\/dist-es\/submodules\/serde\/util-body-length\/calculateBodyLength\.js$/,
    put: edit('body instanceof ReadStream', 'body instanceof process.getBuiltinModule("node:fs").ReadStream'),
  },
  {
    of: /@aws\/lambda-invoke-store\/dist-es\/invoke-store\.js$/,
    put: edit("await import('node:async_hooks')", "process.getBuiltinModule('node:async_hooks')"),
  },
  {
    of: /@smithy\/core\/dist-es\/submodules\/serde\/uuid\/v4\.js$/,
    put: edit(
      'if (typeof crypto !== "undefined" && typeof crypto.randomUUID === "function") {\n        return () => crypto.randomUUID();',
      'if (getRandomValues) {\n        return () => process.getBuiltinModule("node:crypto").randomUUID();',
    ),
  },
  {
    of: /@smithy\/node-http-handler\/dist-es\/node-http-handler\.js$/,
    put: edit('await import("node:http")', 'process.getBuiltinModule("node:http")'),
  },
  // DynamoDB is at one address: the cache of those it might name is a library of its own.
  {
    of: /@aws-sdk\/middleware-endpoint-discovery\/dist-es\/index\.js$/,
    put: `export const resolveEndpointDiscoveryConfig = (input) => input;
      export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: () => false, configFileSelector: () => false, default: false };`,
  },
  // The OpenAPI document is written where the code is, not by a function.
  { of: /zod\/v4\/core\/json-schema-processors\.js$/, put: noJsonSchema('toJSONSchema', 'allProcessors') },
  {
    of: /zod\/v4\/core\/to-json-schema\.js$/,
    put: noJsonSchema(
      'initializeContext',
      'handleUnrepresentable',
      'processSchema',
      'extractDefs',
      'finalize',
      'createToJSONSchemaMethod',
      'createStandardJSONSchemaMethod',
    ),
  },
];

/**
 * One of Node's modules, each of its names alone, so that only those that somebody imports are ever asked for: importing such a module
 * evaluates all of its lazy properties (those of `node:http` hold undici's WebSocket: 25 ms, against 3 ms for the object itself).
 */
const builtinCode = (name: string): string => {
  const names = Object.keys(process.getBuiltinModule(name) as object).filter((key) => /^[A-Za-z_]\w*$/.test(key) && key !== 'default');
  return [
    `const all = process.getBuiltinModule(${JSON.stringify(name)});`,
    'export default all;',
    ...names.map((key) => `const of_${key} = /* @__PURE__ */ (() => all.${key})();\nexport { of_${key} as ${key} };`),
  ].join('\n');
};

const REEXPORT = /export \{([^}]*)\} from ["']([^"']+)["'];?/g;
const SUBMODULE = /import \{([^}]*)\} from ["'](@(?:aws-sdk|smithy)\/core\/[\w-]+)["'];?/g;
const listed = (names: string): string[] =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/**
 * Where each name of a file that only hands on what others export comes from: a path to import it from. Names that are renamed, or handed
 * on without being named, are not among them.
 */
const handedOn = (source: string, folder: string): Map<string, string> =>
  new Map(
    [...source.matchAll(REEXPORT)].flatMap(([, names = '', from = '']) =>
      listed(names)
        .filter((name) => !name.includes(' '))
        .map((name): [string, string] => [name, from.startsWith('.') ? join(folder, from) : from]),
    ),
  );

/**
 * A module of the SDK that imports from where names are defined, not from an index of all: when a bundle is split, an index holds together
 * what it names, and a function that reads files when it first needs them would load their XML with its tables' JSON.
 */
export const pastIndexes = (source: string, indexOf: (specifier: string) => ReadonlyMap<string, string>): string =>
  source.replace(SUBMODULE, (_, names: string, specifier: string) => {
    const index = indexOf(specifier);
    return listed(names)
      .map((name) => `import { ${name} } from ${JSON.stringify(index.get(name.split(' ')[0] as string) ?? specifier)};`)
      .join(' ');
  });

/** What Lambda never needs at a cold start. */
export const lean: Plugin = {
  name: 'lean',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: BUILTIN }, ({ path, kind, importer }) => {
      const name = path.replace(/^(node:)?/, 'node:');
      if (kind === 'require-call') return { path: name, namespace: 'required', sideEffects: false };
      // One for each that imports it: shared, it would ask at the start for what only a piece that is loaded late needs.
      return { path: `${name}?${importer}`, namespace: 'builtin', sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: builtinCode(path.slice(0, path.indexOf('?'))) }));
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
    for (const { of, put } of INSTEAD)
      onLoad({ filter: of, namespace: 'file' }, async ({ path }) => ({
        contents: typeof put === 'string' ? put : put(await readFile(path, 'utf8'), path),
        loader: 'js',
      }));
    const indexes = new Map<string, ReadonlyMap<string, string>>();
    const indexOf = (specifier: string): ReadonlyMap<string, string> => {
      const known = indexes.get(specifier);
      if (known) return known;
      const [scope, core, submodule] = specifier.split('/') as [string, string, string];
      const folder = join(LIBRARIES, scope, core, 'dist-es/submodules', submodule);
      const found = handedOn(readFileSync(join(folder, 'index.js'), 'utf8'), folder);
      indexes.set(specifier, found);
      return found;
    };
    onLoad({ filter: /[\\/]@(aws-sdk|smithy)[\\/].*[\\/]dist-es[\\/].*\.js$/, namespace: 'file' }, async ({ path }) => ({
      contents: pastIndexes(await readFile(path, 'utf8'), indexOf),
      loader: 'js',
    }));
  },
};
