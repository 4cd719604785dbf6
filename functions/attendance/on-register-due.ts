import { monthsOf } from '../../shared/attendance/arrangement.ts';
import type { registerDue } from '../../shared/attendance/events.ts';
import type { RegisterArchive } from '../../shared/attendance/register-archive.ts';
import { monthOfClass, type RegisterMonth } from '../../shared/attendance/register-month.ts';
import { school as schoolQuestion } from '../../shared/directory/questions.ts';
import type { School } from '../../shared/directory/school.ts';
import { Failure, inFrench, instant, local, type Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import { csvOfClass, pdfOfClass, pupilsOfYear } from './class-register.ts';
import { gatherMonth } from './gather-month.ts';
import manifest, { type RegisterDuePorts } from './manifest.ts';
import { classKey, fileOfClass, keepMonth, readMonth } from './register-files.ts';
import { spanOf } from './register-years.ts';

type Step = Pick<RegisterArchive, 'classes' | 'total'>;

/** The classes that a month speaks of, beside those already known. */
const withClassesOf = ({ pupils, days, lines }: RegisterMonth, known: RegisterArchive['classes']): RegisterArchive['classes'] => {
  const labels = new Set([
    ...known.map(({ label }) => label),
    ...pupils.map(({ classLabel }) => classLabel),
    ...lines.map(({ classLabel }) => classLabel),
    ...days.flatMap(({ lessons }) => lessons.flatMap(({ classes }) => classes)),
  ]);
  return [...labels].sort(inFrench).map((label) => ({ key: classKey(label), label, pupils: 0 }));
};

const gather = async (archive: RegisterArchive, month: string, months: number, school: School, ports: RegisterDuePorts): Promise<Step> => {
  const gathered = await gatherMonth(archive, month, school, ports);
  await keepMonth(archive, gathered, ports);
  const classes = withClassesOf(gathered, archive.classes);
  const last = archive.done + 1 === months;
  return { classes, total: months + (last ? classes.length : Math.max(classes.length, archive.total - months)) };
};

const writeClass = async (
  archive: RegisterArchive,
  months: readonly string[],
  school: School,
  paperOf: typeof pdfOfClass,
  ports: RegisterDuePorts,
): Promise<Step> => {
  const { classes, done, total, through } = archive;
  const at = done - months.length;
  const { key, label } = classes[at] as RegisterArchive['classes'][number];
  const own: RegisterMonth[] = [];
  // One after the other: of each only what concerns the class is kept in memory.
  for (const month of months) {
    const found = await readMonth(archive, month, ports);
    if (found) own.push(monthOfClass(found, label));
  }
  const register = {
    school: school.name,
    place: [school.city, archive.uai].filter(Boolean).join(' · '),
    label,
    from: spanOf(archive.year).from,
    through,
    madeOn: local(new Date(archive.startedAt), school.timeZone).date,
    halfDaySwitch: school.settings.halfDaySwitch,
    months: own.filter(({ pupils, days, lines }) => pupils.length + days.length + lines.length > 0),
  };
  await ports.registersFiles.write(fileOfClass(archive, key, 'pdf'), await paperOf(register), 'application/pdf');
  await ports.registersFiles.write(fileOfClass(archive, key, 'csv'), csvOfClass(register), 'text/csv');
  const pupils = pupilsOfYear(register.months).length;
  return { classes: classes.map((one, index) => (index === at ? { ...one, pupils } : one)), total };
};

/**
 * One step of writing the register of a year: a month is gathered, or the file of a class written; then the cursor moves, whose change
 * calls for the next. A step done twice writes the same files over again; until the last one is done, the register is under way.
 */
export async function onRegisterDue(
  { payload: { uai, year, revision } }: Occurrence<typeof registerDue>,
  ports: RegisterDuePorts,
  paperOf = pdfOfClass,
): Promise<void> {
  const { attendance, ask, clock, registersFiles } = ports;
  const archive = await attendance.get('registerArchive', { uai, year });
  if (archive?.state !== 'under-way' || archive.revision !== revision) return;
  const school = await ask(schoolQuestion, { uai });
  if (!school) return;
  const months = monthsOf({ from: spanOf(year).from, until: archive.through });
  const month = months[archive.done];
  const { classes, total } = month
    ? await gather(archive, month, months.length, school, ports)
    : await writeClass(archive, months, school, paperOf, ports);
  const done = archive.done + 1;
  const finished = done >= total;
  if (finished)
    for (const key of archive.stale.filter((one) => classes.every((found) => found.key !== one)))
      await Promise.all((['pdf', 'csv'] as const).map((file) => registersFiles.delete(fileOfClass(archive, key, file))));
  try {
    await attendance.write({
      update: 'registerArchive',
      key: { uai, year },
      set: {
        classes,
        total,
        done,
        steppedAt: instant(clock.system()),
        revision: revision + 1,
        ...(finished && { state: 'done', madeAt: instant(clock.civil()), stale: [] }),
      },
      when: { is: { revision } },
    });
  } catch (error) {
    // Another run of the same step moved the cursor first.
    if (!(error instanceof Failure && error.kind === 'conflict')) throw error;
  }
}

export const handler = consume(manifest.consumers['on-register-due'], onRegisterDue);
