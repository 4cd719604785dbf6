/**
 * Pupils a second and peak memory of the school-file reader on a generated SIECLE file, against fast-xml-parser building its tree of the same file,
 * each bundled as functions are and in a process of its own: `node test/load/import-throughput.ts [--megabytes 50]`.
 * On a large machine V8 lets garbage pile up where a function's memory would not: both get the young generation of a small one.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';

const YOUNG_GENERATION = '--max-semi-space-size=4';

const TARGET = { pupilsPerSecond: 20_000, megabytes: 128 };

const Figures = z.object({ pupils: z.number(), seconds: z.number(), cpuSeconds: z.number(), peakMegabytes: z.number() });
type Figures = z.infer<typeof Figures>;

const two = (n: number) => String(n).padStart(2, '0');

const pupil = (id: number) => `      <ELEVE ELEVE_ID="${id}" ELENOET="${id % 100_000}">
        <ID_NATIONAL>${String(id).padStart(9, '0')}AA</ID_NATIONAL>
        <ELENOET>${id % 100_000}</ELENOET>
        <NOM_DE_FAMILLE>NOM ${id}</NOM_DE_FAMILLE>
        <PRENOM>Zo\u00e9</PRENOM>
        <PRENOM2>L\u00e9a</PRENOM2>
        <DATE_NAISS>${two(1 + (id % 28))}/${two(1 + (id % 12))}/${2011 + (id % 4)}</DATE_NAISS>
        <DOUBLEMENT>0</DOUBLEMENT>
        <CODE_PAYS>100</CODE_PAYS>
        <CODE_DEPARTEMENT_NAISS>035</CODE_DEPARTEMENT_NAISS>
        <CODE_COMMUNE_INSEE_NAISS>35238</CODE_COMMUNE_INSEE_NAISS>
        <ACCEPTE_SMS>0</ACCEPTE_SMS>
        <DATE_ENTREE>01/09/2026</DATE_ENTREE>
        <CODE_REGIME>2</CODE_REGIME>
        <CODE_STATUT>ST</CODE_STATUT>
        <CODE_SEXE>${1 + (id % 2)}</CODE_SEXE>
        <CODE_MEF>10010012110</CODE_MEF>
        <MEL>eleve.${id}@eleve.example</MEL>
        <SCOLARITE_AN_DERNIER>
          <CODE_STRUCTURE>CM2</CODE_STRUCTURE>
          <CODE_RNE>0350000A</CODE_RNE>
          <SIGLE>E.E.PU</SIGLE>
          <DENOM_PRINC>ECOLE ELEMENTAIRE PUBLIQUE</DENOM_PRINC>
        </SCOLARITE_AN_DERNIER>
      </ELEVE>
`;

const structures = (id: number) => `      <STRUCTURES_ELEVE ELEVE_ID="${id}">
        <STRUCTURE><CODE_STRUCTURE>6LV2.ESP${id % 40}</CODE_STRUCTURE><TYPE_STRUCTURE>G</TYPE_STRUCTURE></STRUCTURE>
        <STRUCTURE><CODE_STRUCTURE>6E${id % 100}</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE>
      </STRUCTURES_ELEVE>
`;

/** A file of at least so many bytes, pupils before their classes as SIECLE writes it: the order that costs the reader most memory. */
async function generate(path: string, bytes: number): Promise<number> {
  const pupils = Math.ceil(bytes / (pupil(1_000_000).length + structures(1_000_000).length));
  const out = createWriteStream(path, 'latin1');
  const write = async (text: string) => {
    if (!out.write(text, 'latin1')) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  };
  await write('<?xml version="1.0" encoding="ISO-8859-15"?>\n<BEE_ELEVES VERSION="3.0">\n  <PARAMETRES>\n');
  await write('    <UAJ>0359901X</UAJ>\n    <ANNEE_SCOLAIRE>2026</ANNEE_SCOLAIRE>\n  </PARAMETRES>\n  <DONNEES>\n    <ELEVES>\n');
  for (let i = 0; i < pupils; i += 1) await write(pupil(1_000_000 + i));
  await write('    </ELEVES>\n    <STRUCTURES>\n');
  for (let i = 0; i < pupils; i += 1) await write(structures(1_000_000 + i));
  await write('    </STRUCTURES>\n  </DONNEES>\n</BEE_ELEVES>\n');
  out.end();
  await finished(out);
  return pupils;
}

const contenders: Readonly<Record<string, (path: string) => Promise<number>>> = {
  preau: async (path) => {
    const { readSchoolFile } = await import('../../functions/directory/formats/read-school-file.ts');
    let pupils = 0;
    for await (const record of readSchoolFile(createReadStream(path), { file: 'eleves.xml' })) if (record.type === 'pupil') pupils += 1;
    return pupils;
  },
  'fast-xml-parser': async (path) => {
    const { XMLParser } = await import('fast-xml-parser');
    const Tree = z.object({ BEE_ELEVES: z.object({ DONNEES: z.object({ ELEVES: z.object({ ELEVE: z.array(z.unknown()) }) }) }) });
    const text = new TextDecoder('iso-8859-15').decode(await readFile(path));
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
    return Tree.parse(parser.parse(text)).BEE_ELEVES.DONNEES.ELEVES.ELEVE.length;
  },
};

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '50' }, contender: { type: 'string' }, path: { type: 'string' } },
});
const contender = contenders[values.contender ?? ''];

if (contender !== undefined && values.path !== undefined) {
  const from = performance.now();
  const cpu = process.cpuUsage();
  const pupils = await contender(values.path);
  const { user, system } = process.cpuUsage(cpu);
  const figures: Figures = {
    pupils,
    seconds: (performance.now() - from) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(figures));
} else {
  const folder = await mkdtemp(join(tmpdir(), 'import-throughput-'));
  try {
    const path = join(folder, 'eleves.xml');
    const written = await generate(path, Number(values.megabytes) * 1024 * 1024);
    const { size } = await stat(path);
    const { build } = await import('esbuild');
    const bundle = join(folder, 'contenders.mjs');
    await build({
      entryPoints: [fileURLToPath(import.meta.url)],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['esbuild'],
    });
    console.log(`SIECLE file of ${(size / 1024 / 1024).toFixed(1)} MB, ${written} pupils`);
    let ours: Figures | undefined;
    for (const name of Object.keys(contenders)) {
      const printed = execFileSync(process.execPath, [YOUNG_GENERATION, bundle, '--contender', name, '--path', path], {
        encoding: 'utf8',
      });
      const figures = Figures.parse(JSON.parse(printed));
      if (figures.pupils !== written) throw new Error(`${name} found ${figures.pupils} pupils of ${written}`);
      if (name === 'preau') ours = figures;
      const rate = Math.round(figures.pupils / figures.cpuSeconds);
      console.log(
        `${name.padEnd(16)} ${rate.toLocaleString('en')} pupils/s/core, ${figures.seconds.toFixed(2)} s, peak ${Math.round(figures.peakMegabytes)} MB`,
      );
    }
    const held = ours !== undefined && ours.pupils / ours.cpuSeconds >= TARGET.pupilsPerSecond && ours.peakMegabytes <= TARGET.megabytes;
    console.log(
      `target: at least ${TARGET.pupilsPerSecond.toLocaleString('en')} pupils/s/core and at most ${TARGET.megabytes} MB: ${held ? 'held' : 'MISSED'}`,
    );
    if (!held) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}
