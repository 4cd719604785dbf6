import { describe, expect, it } from 'vitest';
import { importsOf, isThere, packageOf, read, sources } from './sources.ts';

/** Where a file stands: what it may import follows from that alone. */
type Room =
  | { readonly is: 'kernel' | 'runtime' | 'catalogue' | 'infra' | 'machine' | 'web' | 'web-configuration' | 'test' | 'configuration' }
  | { readonly is: 'shared' | 'manifest' | 'binding' | 'function'; readonly context: string };

const BINDINGS = ['api', 'answers', 'relay'];

function roomOf(file: string): Room | undefined {
  const [top, second = '', ...rest] = file.split('/');
  const last = file.split('/').at(-1) ?? '';
  if (top === 'shared') return second === 'kernel' ? { is: 'kernel' } : rest.length > 0 ? { is: 'shared', context: second } : undefined;
  if (top === 'functions') {
    if (rest.length === 0) return undefined;
    if (second === 'runtime') return { is: 'runtime' };
    if (rest.length === 1 && last === 'manifest.ts') return { is: 'manifest', context: second };
    return { is: rest.length === 1 && BINDINGS.includes(last.replace('.ts', '')) ? 'binding' : 'function', context: second };
  }
  if (file === 'infra/catalogue.ts') return { is: 'catalogue' };
  if (top === 'infra') return second === 'local' ? { is: 'machine' } : { is: 'infra' };
  if (top === 'web') return rest.length === 0 ? { is: 'web-configuration' } : { is: 'web' };
  if (top === 'test') return { is: 'test' };
  if (/^[\w-]+\.config\.(ts|js|mjs)$/.test(file)) return { is: 'configuration' };
  return undefined;
}

/** Packages a room may import; node's own modules are everywhere but in `shared` and in pages. */
const PACKAGES: Partial<Record<Room['is'], RegExp>> = {
  kernel: /^(zod|@date-fns\/tz)$/,
  shared: /^zod$/,
  runtime: /^(zod|csv-stringify|@middy\/.+|@aws-sdk\/.+|@block65\/webcrypto-web-push|nodemailer|uuid|pdfkit|@fontsource\/.+|node:.+)$/,
  manifest: /^$/,
  binding: /^$/,
  catalogue: /^node:.+$/,
  infra: /^(aws-cdk-lib|constructs|esbuild|typescript|zod|node:.+)$/,
  machine: /^(@aws-sdk\/.+|zod|esbuild|pure-rand|fflate|uuid|playwright-core|@sparticuz\/chromium|vite|node:.+)$/,
  web: /^(svelte|@sveltejs\/kit|\$app|\$env|@lucide\/svelte|@fontsource-variable\/.+|@inlang\/.+|bits-ui|fflate|idb-keyval|qrcode|zod|@date-fns\/tz)$/,
  'web-configuration': /^(@sveltejs\/.+|@inlang\/.+|vite|svelte|node:.+)$/,
};

/** Formats that one context reads or writes, each for one reason. */
const FORMATS: Record<string, RegExp> = {
  // Proofs: what an image really is, before anybody opens it.
  attendance: /^(zod|node:.+|image-size)$/,
  // School exports: XML by stream, archives.
  directory: /^(zod|node:.+|saxes|fflate)$/,
  // Activation letters (QR), one-time passwords.
  session: /^(zod|node:.+|otpauth|qrcode)$/,
  // Public holidays of France and its overseas parts.
  timetable: /^(zod|node:.+|@socialgouv\/jours-feries)$/,
};
const PLAIN = /^(zod|node:.+)$/;

/** The shapes that another context's events and questions are made of: these, and no other vocabulary, are its public words. */
const publicWords = (context: string): string[] =>
  ['events', 'questions']
    .map((name) => `shared/${context}/${name}.ts`)
    .filter(isThere)
    .flatMap((file) => [file, ...importsOf(file).map(({ to }) => to)]);

const useCasesOf = (context: string): string[] =>
  BINDINGS.map((name) => `functions/${context}/${name}.ts`)
    .filter(isThere)
    .flatMap((file) =>
      importsOf(file).flatMap(({ to }) => (to.startsWith(`functions/${context}/`) && !to.endsWith('/manifest.ts') ? [to] : [])),
    );

function mayImport(from: string, to: string): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === undefined || target === undefined) return false;
  const shared = target.is === 'kernel' || target.is === 'shared';
  switch (room.is) {
    case 'kernel':
      return target.is === 'kernel';
    case 'shared':
      return (
        target.is === 'kernel' || (target.is === 'shared' && (target.context === room.context || publicWords(target.context).includes(to)))
      );
    case 'runtime':
      return target.is === 'runtime' || target.is === 'kernel';
    case 'manifest':
      return (
        target.is === 'kernel' || (target.is === 'shared' && (target.context === room.context || publicWords(target.context).includes(to)))
      );
    case 'binding':
      return shared || target.is === 'runtime' || ('context' in target && target.context === room.context);
    case 'function': {
      if (target.is === 'kernel') return true;
      if (target.is === 'shared') return target.context === room.context || !to.endsWith('/table.ts');
      if (target.is === 'runtime') return true;
      // Its ports, and its own context's rooms; never a sibling use case.
      return 'context' in target && target.context === room.context && target.is !== 'binding' && !useCasesOf(room.context).includes(to);
    }
    case 'catalogue':
      return target.is === 'manifest' || target.is === 'kernel';
    case 'infra':
      return shared || target.is === 'infra' || target.is === 'catalogue' || target.is === 'manifest';
    case 'machine':
      return shared || target.is === 'machine' || target.is === 'infra' || target.is === 'catalogue' || target.is === 'manifest';
    case 'web':
    case 'web-configuration':
      return shared || target.is === 'web' || target.is === 'web-configuration';
    case 'configuration':
    case 'test':
      return true;
  }
}

function mayUse(from: string, name: string): boolean {
  const room = roomOf(from);
  if (room === undefined) return false;
  if (room.is === 'test' || room.is === 'configuration') return true;
  if (room.is === 'function') return (FORMATS[room.context] ?? PLAIN).test(packageOf(name));
  return PACKAGES[room.is]?.test(packageOf(name)) ?? false;
}

const imports = sources.flatMap(importsOf);

describe('the house', { timeout: 60_000 }, () => {
  it('has a room for every file', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('lets each room import what the table of DESIGN §2 says, and no more', () => {
    expect(imports.filter(({ inside }) => inside).length).toBeGreaterThan(100);
    expect(imports.filter(({ from, to, inside }) => inside && !mayImport(from, to)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('lets each room use the packages it is there for', () => {
    const refused = imports.filter(({ from, to, inside }) => !inside && !mayUse(from, to)).map(({ from, to }) => `${from} → ${to}`);
    expect([...new Set(refused)]).toEqual([]);
  });

  it('reads the environment in the runtime alone, of all that is deployed', () => {
    const readers = sources.filter((file) => /^(functions|shared|web\/src)\//.test(file) && /\bprocess\.env\b/.test(read(file)));
    expect(readers.filter((file) => !file.startsWith('functions/runtime/'))).toEqual([]);
  });
});

describe('the table', () => {
  const refused: [string, string][] = [
    ['shared/kernel/route.ts', 'shared/attendance/events.ts'],
    ['shared/attendance/events.ts', 'shared/directory/table.ts'],
    ['shared/attendance/events.ts', 'functions/runtime/serve.ts'],
    ['functions/runtime/serve.ts', 'functions/attendance/manifest.ts'],
    ['functions/attendance/save-roll-call.ts', 'functions/directory/read-school.ts'],
    ['functions/attendance/save-roll-call.ts', 'shared/directory/table.ts'],
    ['functions/attendance/manifest.ts', 'shared/directory/table.ts'],
    ['infra/stacks/context.ts', 'functions/attendance/api.ts'],
    ['infra/stacks/context.ts', 'functions/runtime/serve.ts'],
    ['web/src/routes/+page.ts', 'functions/attendance/manifest.ts'],
    ['web/src/routes/+page.ts', 'infra/catalogue.ts'],
    ['nowhere/known.ts', 'shared/kernel/index.ts'],
  ];
  for (const [from, to] of refused) it(`refuses ${from} → ${to}`, () => expect(mayImport(from, to)).toBe(false));

  const taken: [string, string][] = [
    ['shared/attendance/table.ts', 'shared/kernel/index.ts'],
    ['shared/attendance/plan.ts', 'shared/directory/events.ts'],
    ['functions/attendance/save-roll-call.ts', 'functions/attendance/manifest.ts'],
    ['functions/attendance/save-roll-call.ts', 'shared/directory/questions.ts'],
    ['functions/attendance/api.ts', 'functions/attendance/save-roll-call.ts'],
    ['infra/stacks/context.ts', 'shared/kernel/index.ts'],
    ['web/src/routes/+page.ts', 'shared/attendance/routes.ts'],
  ];
  for (const [from, to] of taken) it(`takes ${from} → ${to}`, () => expect(mayImport(from, to)).toBe(true));

  it('refuses the AWS SDK, middy and CDK outside their rooms', () => {
    expect(mayUse('functions/attendance/save-roll-call.ts', '@aws-sdk/client-dynamodb')).toBe(false);
    expect(mayUse('functions/attendance/api.ts', '@middy/core')).toBe(false);
    expect(mayUse('shared/attendance/table.ts', 'node:crypto')).toBe(false);
    expect(mayUse('functions/runtime/serve.ts', 'aws-cdk-lib')).toBe(false);
    expect(mayUse('functions/runtime/store.ts', '@aws-sdk/client-dynamodb')).toBe(true);
    expect(mayUse('infra/app.ts', 'aws-cdk-lib/aws-lambda')).toBe(true);
  });

  it('refuses a use case that imports its sibling, and takes a room of the same context', () => {
    const useCase = sources.find((file) => /^functions\/(?!runtime)[a-z]+\/api\.ts$/.test(file));
    const context = useCase?.split('/')[1] ?? '';
    const [sibling] = useCasesOf(context);
    expect(sibling).toBeDefined();
    expect(mayImport(`functions/${context}/another-act.ts`, sibling as string)).toBe(false);
    expect(mayImport(`functions/${context}/another-act.ts`, `functions/${context}/rules.ts`)).toBe(true);
  });
});
