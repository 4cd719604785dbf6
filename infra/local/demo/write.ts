import { parseArgs } from 'node:util';
import * as z from 'zod';
import { writeDemo } from './index.ts';

const Arguments = z.object({
  seed: z.coerce.number().int(),
  pupils: z.coerce.number().int().min(40).max(3000),
  'school-year': z.coerce.number().int().min(2000).max(2100),
  out: z.string().min(1),
});

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    pupils: { type: 'string', default: '450' },
    'school-year': { type: 'string', default: '2026' },
    out: { type: 'string' },
  },
});

const given = Arguments.safeParse(values);
if (given.success) {
  const { seed, pupils, out, 'school-year': schoolYear } = given.data;
  for (const { uai, name, counts, files } of await writeDemo({ seed, pupils, schoolYear, out })) {
    console.log(
      `${uai} ${name}: ${counts.pupils} pupils, ${counts.guardians} guardians, ${counts.teachers} teachers, ${counts.classes} classes, ${counts.groups} groups`,
    );
    for (const file of files) console.log(`  ${file}`);
  }
} else {
  console.error(
    `Usage: node infra/local/demo/write.ts --out DIR [--seed 1] [--pupils 450] [--school-year 2026]\n${z.prettifyError(given.error)}`,
  );
  process.exitCode = 2;
}
