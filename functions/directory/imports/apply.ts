import type { ImportJob } from '../../../shared/directory/import.ts';
import { type PersonUnit, type Unit, writesOfGroup, writesOfPerson } from '../../../shared/directory/plan.ts';
import type { directory as table } from '../../../shared/directory/table.ts';
import { Failure, instant, type LocalDate, local, type Uai, type Write } from '../../../shared/kernel/index.ts';
import type { ImportChunkPorts } from '../manifest.ts';
import { move } from './job.ts';
import { BATCHES, readBatches } from './stored.ts';

const TRANSACTION = 100;
/** Times a batch is tried on what it finds, before the invocation's own retry takes over. */
const TRIES = 4;

type Writes = Write<typeof table, 'put' | 'update'>[];

const isConflict = (error: unknown): boolean => error instanceof Failure && error.code === 'store.condition-failed';

const isPerson = (unit: Unit): unit is PersonUnit => unit.unit === 'person';

/** What a batch still needs, on the ground of a consistent read of everything it touches. */
async function writesOf(
  uai: Uai,
  units: readonly Unit[],
  today: LocalDate,
  { directory }: Pick<ImportChunkPorts, 'directory'>,
): Promise<Writes[]> {
  const persons = units.filter(isPerson);
  const groupKeys = units.flatMap((unit) => (unit.unit === 'group' ? [{ uai, groupId: unit.group.groupId }] : []));
  const [people, links, groups, rosters] = await Promise.all([
    directory.getMany(
      'person',
      persons.map(({ personId }) => ({ uai, personId })),
    ),
    directory.getMany(
      'link',
      persons.flatMap(({ personId, ties = [] }) => ties.map((pupilId) => ({ uai, pupilId, guardianId: personId }))),
    ),
    directory.getMany('group', groupKeys),
    directory.getMany('roster', groupKeys),
  ]);
  const personOf = new Map(people.map((person) => [person.personId, person]));
  const linksOf = Map.groupBy(links, ({ guardianId }) => guardianId);
  const groupOf = new Map(groups.map((group) => [group.groupId, group]));
  const rosterOf = new Map(rosters.map((roster) => [roster.groupId, roster]));
  return units
    .map((unit) =>
      unit.unit === 'group'
        ? writesOfGroup(uai, unit, { group: groupOf.get(unit.group.groupId), roster: rosterOf.get(unit.group.groupId) })
        : writesOfPerson(
            uai,
            unit,
            {
              person: personOf.get(unit.personId),
              links: new Map((linksOf.get(unit.personId) ?? []).map((link) => [link.pupilId, link])),
            },
            today,
          ),
    )
    .filter((writes) => writes.length > 0);
}

/** A unit's writes together in one transaction, and as many units as fit. One larger than a transaction writes its first links before. */
async function writeAll(writes: readonly Writes[], { directory }: Pick<ImportChunkPorts, 'directory'>): Promise<void> {
  let together: Writes = [];
  const flush = async () => {
    if (together.length > 0) await directory.write(...together);
    together = [];
  };
  for (const unit of writes) {
    if (together.length + unit.length > TRANSACTION) await flush();
    let rest = unit;
    // Person and card come last, with the last links: until then the unit still sees what it has to do.
    while (rest.length > TRANSACTION) {
      await directory.write(...rest.slice(0, rest.length - TRANSACTION).slice(0, TRANSACTION));
      rest = rest.slice(Math.min(TRANSACTION, rest.length - TRANSACTION));
    }
    together.push(...rest);
  }
  await flush();
}

async function applyBatch(uai: Uai, units: readonly Unit[], today: LocalDate, ports: Pick<ImportChunkPorts, 'directory'>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await writeAll(await writesOf(uai, units, today, ports), ports);
      return;
    } catch (error) {
      // Someone suspended a guardian or opened an account in between: read again.
      if (!isConflict(error) || attempt === TRIES) throw error;
    }
  }
}

/** Counted again from the people themselves: it mends whatever a lost increment left. */
async function countPeople(uai: Uai, { directory }: Pick<ImportChunkPorts, 'directory'>): Promise<void> {
  const people = (await directory.all('everyone', { uai })).filter(({ departedOn }) => departedOn === undefined);
  const count = (door: string, activated = false) =>
    people.filter((person) => person.door === door && (!activated || person.activatedAt !== undefined)).length;
  await directory.write({
    put: 'figures',
    item: {
      uai,
      loadedPupil: count('pupil'),
      loadedGuardian: count('guardian'),
      loadedTeacher: count('teacher'),
      loadedStaff: count('staff'),
      activatedPupil: count('pupil', true),
      activatedGuardian: count('guardian', true),
      activatedTeacher: count('teacher', true),
      activatedStaff: count('staff', true),
    },
  });
}

/** Works off the next batches of the plan; the last chunk closes the job. Every step may be repeated from any point of it. */
export async function applyChunk(job: ImportJob, ports: ImportChunkPorts): Promise<void> {
  const { directory, importsFiles, clock } = ports;
  const { uai, importId } = job;
  const school = await directory.get('school', { uai });
  if (!school) throw new Failure('missing', 'directory.school-unknown');
  const today = local(clock.civil(), school.timeZone).date;
  const page = Math.floor(job.cursor / BATCHES);
  const batches = job.cursor < job.total ? await readBatches(importsFiles, job, page) : [];
  for (const batch of batches.slice(job.cursor % BATCHES)) await applyBatch(uai, batch, today, ports);
  const cursor = Math.min(job.total, (page + 1) * BATCHES);
  if (cursor < job.total) {
    await move(job, { cursor }, ports);
    return;
  }

  await countPeople(uai, ports);
  const now = instant(clock.civil());
  await directory.write(
    {
      update: 'import',
      key: { uai, importId },
      set: { state: 'done', cursor, finishedAt: now, movedAt: instant(clock.system()), rev: job.rev + 1 },
      when: { is: { rev: job.rev, state: 'applying' } },
    },
    {
      update: 'school',
      key: { uai },
      set: {
        lastImportAt: now,
        lastImportId: importId,
        importLock: 0,
        sources: [...new Set([...school.sources, ...job.sources])].sort(),
        ...(job.year !== undefined && { year: job.year }),
        // It decides the holidays; what the operator said stands.
        ...(school.academy === undefined && job.academy !== undefined && { academy: job.academy }),
        ...(job.timetableHash !== undefined && { timetableHash: job.timetableHash }),
      },
      add: { rev: 1 },
      when: { present: true },
    },
  );
}
