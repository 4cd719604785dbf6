import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { ChangeKind, type ImportAnomaly, type ImportChange, type ShownImport } from '../../shared/directory/import.ts';
import { Failure, Uai } from '../../shared/kernel/index.ts';
import { parsed, stageName } from './arguments.ts';
import { type AskContext, askContext } from './ask-context.ts';
import { allAnomalies, firstChanges, importFiles } from './import-files.ts';
import { command, Refusal } from './progress.ts';
import { emulatorEnvironment } from './start-emulator.ts';
import { folders, LOCAL_STAGE, readSystem } from './system.ts';

const USAGE = 'npm run import -- FILES… --school UAI [--apply] [--stage NAME]';
/** Differences shown of each kind: the rest is on the page. */
const SHOWN = 10;

const HEADINGS: Readonly<Record<ChangeKind, string>> = {
  arrival: 'Arrivals',
  change: 'Changes',
  'class-move': 'Class moves',
  departure: 'Departures',
  'link-made': 'Guardians’ ties made',
  'link-lost': 'Guardians who lose access',
  group: 'Classes and groups',
};
const COUNT_OF = {
  arrival: 'arrivals',
  change: 'changes',
  'class-move': 'classMoves',
  departure: 'departures',
  'link-made': 'linksMade',
  'link-lost': 'linksLost',
  group: 'groups',
} as const satisfies Record<ChangeKind, keyof ShownImport['counts']>;

const lineOf = ({ familyName, givenName, door, fields, from, to, pupilName, reason, returns }: ImportChange): string =>
  [
    [familyName, givenName].filter(Boolean).join(' '),
    door && `(${door})`,
    pupilName && `of ${pupilName}`,
    from !== undefined && to !== undefined ? `${from} → ${to}` : (to ?? from),
    fields?.join(', '),
    reason,
    returns && 'returns',
  ]
    .filter(Boolean)
    .join(' ');

async function printDifferences(ask: AskContext, uai: string, job: ShownImport): Promise<void> {
  const { importId, counts, files, asks, leaving, year } = job;
  for (const { name, formats } of files) console.log(`  ${name}: ${formats.join(', ')}`);
  for (const kind of ChangeKind.options) {
    const count = counts[COUNT_OF[kind]];
    if (count === 0) continue;
    console.log(`${HEADINGS[kind]}: ${count}`);
    const lines = (await firstChanges(ask, uai, importId, kind)).slice(0, SHOWN).map((change) => `  ${lineOf(change)}`);
    console.log([...lines, ...(count > SHOWN ? [`  … and ${count - SHOWN} more`] : [])].join('\n'));
  }
  if (counts.courses > 0) console.log(`Weekly courses: ${counts.courses}`);
  if (asks.includes('other-year')) console.log(`? The files are of the school year ${year}, which is not the school’s.`);
  if (asks.includes('many-departures')) console.log(`? ${leaving?.pupils} of ${leaving?.of} pupils would leave.`);
}

/** By what is wrong, since a thousand lines of the same are one fact; the rows are in the page's CSV. */
function printAnomalies(anomalies: readonly ImportAnomaly[]): void {
  const kinds = Map.groupBy(anomalies, ({ code }) => code);
  for (const [, same] of kinds) {
    const [first] = same;
    if (!first) continue;
    const rows = same.slice(0, 3).map(({ file, line }) => (line === undefined ? file : `${file}:${line}`));
    console.log(`${first.severity === 'error' ? '✖' : '!'} ${same.length} × ${first.what}. ${first.remedy}`);
    console.log(`  ${rows.join(', ')}${same.length > rows.length ? ', …' : ''}`);
  }
}

const bar = ({ state, cursor, total }: ShownImport): string => `${state}${total > 0 ? ` ${cursor}/${total}` : ''}`;

/** Without a stage: the system that runs on this machine. */
function reach(stage: string | undefined, system: string, region: string): string {
  if (stage !== undefined && stage !== LOCAL_STAGE) {
    process.env.AWS_REGION = region;
    return stageName(stage);
  }
  if (process.env.AWS_ENDPOINT_URL !== undefined) return LOCAL_STAGE;
  const running = readSystem(folders(system));
  if (!running) throw new Refusal('Préau is not running here: npm start first, or say which stage on AWS with -- --stage NAME.');
  Object.assign(process.env, emulatorEnvironment(running.emulator));
  return running.stage;
}

async function readFiles(paths: readonly string[]): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const path of paths) {
    const name = basename(path);
    if (files[name]) throw new Refusal(`Two files are called ${name}: rename one of them.`);
    files[name] = await readFile(path).catch(() => {
      throw new Refusal(`The file ${path} cannot be read.`);
    });
    if (files[name].length === 0) throw new Refusal(`The file ${path} is empty.`);
  }
  return files;
}

const refusalOf = ({ refusal }: ShownImport): string =>
  [
    refusal?.code,
    refusal?.file && `in ${refusal.file}`,
    refusal?.line !== undefined && `line ${refusal.line}`,
    refusal?.found && `found ${refusal.found}`,
  ]
    .filter(Boolean)
    .join(', ');

await command(async () => {
  const { values, positionals } = parsed(() =>
    parseArgs({
      args: process.argv.slice(2),
      allowPositionals: true,
      options: {
        school: { type: 'string' },
        apply: { type: 'boolean', default: false },
        /** Answers yes to what the import asks. */
        yes: { type: 'boolean', default: false },
        /** Opens the school under this name. */
        open: { type: 'string' },
        stage: { type: 'string' },
        region: { type: 'string', default: 'eu-west-3' },
        system: { type: 'string', default: '.preau' },
      },
    }),
  );
  const uai = Uai.safeParse(values.school?.toUpperCase());
  if (!uai.success) throw new Refusal(`Say which school by its UAI, seven digits and a letter: ${USAGE}`);
  if (positionals.length === 0) throw new Refusal(`Say which files: ${USAGE}`);
  const files = await readFiles(positionals);
  const ask = askContext(reach(values.stage, values.system, values.region));
  let shown = '';
  try {
    const job = await importFiles({
      ask,
      uai: uai.data,
      files,
      ...(values.open !== undefined && { open: { name: values.open } }),
      apply: values.apply,
      accepts: values.yes ? ['other-year', 'many-departures'] : [],
      onProgress(now) {
        if (bar(now) !== shown) console.log(`… ${bar(now)}`);
        shown = bar(now);
      },
      async onInspected(now) {
        if (now.state === 'refused') throw new Refusal(`The files are refused: ${refusalOf(now)}. Nothing was changed.`);
        await printDifferences(ask, uai.data, now);
        printAnomalies(await allAnomalies(ask, uai.data, now.importId, 'en'));
      },
    });
    if (job.state === 'unchanged') console.log('✔ Nothing to change.');
    else if (job.state === 'done') console.log('✔ Applied.');
    else if (job.state === 'inspected') console.log('Nothing was changed: add --apply to apply this.');
    else throw new Refusal(`The import is ${job.state}.`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'request.not-found') throw new Refusal(`There is no school ${uai.data} here: add --open "its name".`);
    if (error.code === 'directory.import-asks') throw new Refusal('The import asks (lines with "?"): add --yes if that is right.');
    throw new Refusal(`${error.code} ${JSON.stringify(error.details ?? {})}`);
  }
});
