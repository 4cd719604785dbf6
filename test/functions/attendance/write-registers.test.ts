import { describe, expect, it } from 'vitest';
import { countDays } from '../../../functions/attendance/count-days.ts';
import { eraseYears } from '../../../functions/attendance/erase-years.ts';
import type { RegisterDuePorts } from '../../../functions/attendance/manifest.ts';
import { onRegisterDue } from '../../../functions/attendance/on-register-due.ts';
import { listRegisters, readRegisterPdf, readRegisterSheet } from '../../../functions/attendance/read-registers.ts';
import { classKey } from '../../../functions/attendance/register-files.ts';
import { wantedThrough } from '../../../functions/attendance/register-years.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { startRegister } from '../../../functions/attendance/start-register.ts';
import { writeRegisters } from '../../../functions/attendance/write-registers.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import type { RegisterMonth } from '../../../shared/attendance/register-month.ts';
import { classLists } from '../../../shared/directory/questions.ts';
import { type Ask, addDays } from '../../../shared/kernel/index.ts';
import { aSchool, brun, CANCELLED, FRENCH, ferrand, LATIN_TEN, LEA, NOA, request, TODAY, TOM, UAI, vasseur, ZOE } from './a-school.ts';

const YEAR = '2026';
const CLASSES: Record<string, string> = { g_class5eb: '5e B', g_class4ea: '4e A' };
const LATIN = 'g_latin001';

/** A school looked after since August, whose lessons are on two days of September. */
const aYear = async () => {
  const world = aSchool();
  for (let date = '2026-08-01'; date < '2027-10-01'; date = addDays(date, 1))
    if (date < '2026-09-01' || date > '2027-07-10') world.outOfYear.add(date);
    else if (date !== TODAY && date !== '2026-09-16') world.closed.add(date);
  await world.store.write({ put: 'chasedSchool', item: { uai: UAI, timeZone: 'Europe/Paris', erasedUntil: '2026-07-31' } });
  const asked = world.ask as Ask;
  const ask = (async (question: { name: string }, input: never) =>
    question.name === classLists.name
      ? {
          lists: Object.entries(world.lists).map(([groupId, pupils]) => ({
            uai: UAI,
            groupId,
            kind: groupId === LATIN ? 'group' : 'class',
            label: CLASSES[groupId] ?? 'LATIN',
            pupils,
          })),
        }
      : asked(question as never, input)) as Ask;
  const ports = { ...world.ports, ask };
  let seen = world.store.changes().length;
  /** What stream, relay and bus do, until nothing more is due. */
  const settle = async (with_: RegisterDuePorts = ports, paperOf?: Parameters<typeof onRegisterDue>[2]) => {
    for (let changes = world.store.changes(); seen < changes.length; changes = world.store.changes()) {
      const change = changes[seen++];
      for (const event of change ? eventsOf(change) : [])
        if (event.name === 'attendance.register-due') await onRegisterDue(event as Parameters<typeof onRegisterDue>[0], with_, paperOf);
    }
  };
  const written = async (at: string, paperOf?: Parameters<typeof onRegisterDue>[2]) => {
    world.clock.set(at);
    await writeRegisters(ports);
    await settle(ports, paperOf);
  };
  const archive = () => world.store.items('registerArchive')[0];
  const month = (name = '2026-09'): RegisterMonth =>
    JSON.parse(new TextDecoder().decode(world.registersFiles.files.get(`${UAI}/${YEAR}/${name}.json`)?.body));
  return { ...world, ports, settle, written, archive, month };
};
type World = Awaited<ReturnType<typeof aYear>>;

const call = (
  { ports }: World,
  lessonId: string,
  marks: { pupilId: string; state: 'absent' | 'late'; minutes?: number }[],
  basedOn = 0,
  caller = ferrand,
) =>
  saveRollCall(
    {
      params: { uai: UAI, date: TODAY, lessonId },
      caller,
      ...request({ state: 'done' as const, basedOn, marks, added: [], removed: [] }),
    },
    ports,
  );
/** French with Noa absent and Léa late; Latin with Tom absent; nothing else was ever called. */
const aDay = async () => {
  const world = await aYear();
  await call(world, FRENCH, [
    { pupilId: NOA, state: 'absent' },
    { pupilId: LEA, state: 'late', minutes: 7 },
  ]);
  await call(world, LATIN_TEN, [{ pupilId: TOM, state: 'absent' }], 0, vasseur);
  return world;
};
const params = (label: string) => ({ params: { uai: UAI, year: YEAR, classKey: classKey(label) } });
const csv = async ({ ports }: World, label: string) =>
  new TextDecoder()
    .decode((await readRegisterSheet(params(label), ports)).body as unknown as Uint8Array)
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n');
const filesOf = ({ registersFiles }: World) =>
  Object.fromEntries(
    [...registersFiles.files].map(([key, { body }]) => [key, key.endsWith('.pdf') ? body.length : new TextDecoder().decode(body)]),
  );

describe('until when a register is written by itself', () => {
  it('goes month by month, by weeks in July, and no further than the year', () => {
    expect(wantedThrough('2026', '2026-08-31')).toBeUndefined();
    expect(wantedThrough('2026', '2026-09-30')).toBe('2026-08-31');
    expect(wantedThrough('2026', '2026-10-01')).toBe('2026-09-30');
    expect(wantedThrough('2026', '2027-07-04')).toBe('2027-06-30');
    expect(wantedThrough('2026', '2027-07-05')).toBe('2027-07-04');
    expect(wantedThrough('2026', '2027-07-11')).toBe('2027-07-04');
    expect(wantedThrough('2026', '2027-09-10')).toBe('2027-07-31');
  });
});

describe('the register of a year', () => {
  it('is written by itself, a paper and a sheet for each class', async () => {
    const world = await aDay();
    await world.written('2026-10-01T04:00');
    expect(world.archive()).toMatchObject({ year: YEAR, state: 'done', through: '2026-09-30', startedBy: 'schedule', done: 4, total: 4 });
    expect(world.archive()?.classes.map(({ label, pupils }) => [label, pupils])).toEqual([
      ['4e A', 1],
      ['5e B', 3],
    ]);
    const pdf = Buffer.from((await readRegisterPdf(params('5e B'), world.ports)).body as unknown as Uint8Array);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.includes('/MarkInfo')).toBe(true);
    const [heads, ...lines] = await csv(world, '5e B');
    expect(heads).toBe('date;début;fin;cours;appel;nom;prénom;constat;minutes de retard;demi-journée manquée');
    const first = lines.filter((line) => line.startsWith(TODAY));
    expect(first).toEqual([
      '2026-09-15;08:00;08:55;Français;fait;;;;;',
      '2026-09-15;08:00;08:55;Français;;Zidane;Noa;absent;;matin',
      '2026-09-15;08:00;08:55;Français;;Éluard;Léa;en retard;7;',
      '2026-09-15;09:00;09:55;Mathématiques;jamais fait;;;;;',
      '2026-09-15;10:00;10:55;EPS;jamais fait;;;;;',
      '2026-09-15;10:00;10:55;Latin;fait;;;;;',
      '2026-09-15;11:00;11:55;Histoire;jamais fait;;;;;',
    ]);
    expect((await csv(world, '4e A')).filter((line) => line.startsWith(TODAY))).toEqual([
      '2026-09-15;10:00;10:55;Arts;cours qui n’a pas eu lieu;;;;;',
      '2026-09-15;10:00;10:55;Latin;fait;;;;;',
      '2026-09-15;10:00;10:55;Latin;;Martin;Tom;absent;;matin',
    ]);
    expect(world.month().days[0]?.lessons.find(({ lessonId }) => lessonId === CANCELLED)?.call).toBe('not-held');
  });

  it('runs no formula, and holds no reason', async () => {
    const world = await aDay();
    for (const line of Object.values(world.lists).flat()) if (line.pupilId === NOA) line.familyName = '=HYPERLINK("x")';
    await world.written('2026-10-01T04:00');
    expect((await csv(world, '5e B')).join()).toContain(`"'=HYPERLINK`);
    expect(JSON.stringify(filesOf(world))).not.toMatch(/reason|justified|proof/);
  });

  it('is written once, and again over itself: the same keys and the same words', async () => {
    const world = await aDay();
    await world.written('2026-10-01T04:00');
    const before = filesOf(world);
    await world.written('2026-10-02T04:00');
    expect(world.archive()?.revision).toBe(5);
    await startRegister({ params: { uai: UAI, year: YEAR }, caller: brun }, world.ports);
    await expect(readRegisterPdf(params('5e B'), world.ports)).rejects.toMatchObject({ code: 'request.not-found' });
    await world.settle();
    expect(world.archive()).toMatchObject({ through: '2026-10-01', state: 'done' });
    const { [`${UAI}/${YEAR}/2026-10.json`]: october, ...after } = filesOf(world);
    expect(october).toBeDefined();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after[`${UAI}/${YEAR}/${classKey('5e B')}.csv`]).toBe(before[`${UAI}/${YEAR}/${classKey('5e B')}.csv`]);
  });

  it('keeps who left, who was erased, and the class of the day, whatever lists say later', async () => {
    const world = await aDay();
    await world.written('2026-10-01T04:00');
    // Zoé was there on every roll call and left; Noa was erased; Léa is in another class; the timetable is of the next year.
    for (const [groupId, pupils] of Object.entries(world.lists))
      world.lists[groupId] = pupils.filter(({ pupilId }) => ![ZOE, NOA, LEA].includes(pupilId));
    const lea = { pupilId: LEA, familyName: 'Éluard', givenName: 'Léa', classLabel: '4e A' };
    world.lists.g_class4ea?.push(lea);
    await world.store.write({ delete: 'pupilDay', key: { uai: UAI, date: TODAY, pupilId: NOA } });
    for (const date of [TODAY, '2026-09-16']) world.outOfYear.add(date);
    await world.written('2026-11-02T04:00');
    const lines = await csv(world, '5e B');
    expect(lines.filter((line) => line.includes('absent'))).toEqual(['2026-09-15;08:00;08:55;Français;;Zidane;Noa;absent;;matin']);
    expect(lines.filter((line) => line.includes('jamais fait') && line.startsWith(TODAY))).toHaveLength(3);
    expect(
      world
        .month()
        .pupils.filter(({ classLabel }) => classLabel === '5e B')
        .map(({ pupilId }) => pupilId)
        .sort(),
    ).toEqual([LEA, NOA, ZOE]);
  });

  it('knows who left before it was first written from the roll calls they were in', async () => {
    const world = await aDay();
    world.lists.g_class5eb = (world.lists.g_class5eb ?? []).filter(({ pupilId }) => pupilId !== ZOE);
    await world.written('2026-10-01T04:00');
    expect(world.month().pupils.find(({ pupilId }) => pupilId === ZOE)).toMatchObject({ familyName: 'Ferry', classLabel: '5e B' });
  });

  it('takes no class of the next year for one of this', async () => {
    const world = await aDay();
    await world.written('2026-10-01T04:00');
    world.settings.year = 2027;
    world.lists.g_class5eb = [{ pupilId: TOM, familyName: 'Martin', givenName: 'Tom', classLabel: '5e B' }];
    world.closed.delete('2026-10-05');
    await world.written('2026-11-02T04:00');
    expect(world.month('2026-10').pupils.find(({ pupilId }) => pupilId === TOM)?.classLabel).toBe('4e A');
  });

  it('is whole wherever it breaks off: an event that comes again goes on, and one that never comes is called for', async () => {
    const paper = async ({ label }: { label: string }) => new TextEncoder().encode(label);
    const whole = await aDay();
    await whole.written('2026-10-01T04:00', paper);
    for (let at = 1; ; at += 1) {
      const world = await aDay();
      world.clock.set('2026-10-01T04:00');
      await writeRegisters(world.ports);
      let calls = 0;
      const breaking = <P extends object>(port: P): P =>
        new Proxy(port, {
          get: (target, name) => {
            const act = Reflect.get(target, name);
            if (typeof act !== 'function') return act;
            return async (...args: unknown[]) => {
              if (++calls === at) throw new Error('broke off');
              const done = await act.apply(target, args);
              if (++calls === at) throw new Error('broke off, once it was done');
              return done;
            };
          },
        });
      const ports = { ...world.ports, attendance: breaking(world.store), registersFiles: breaking(world.registersFiles) };
      const broke = await world.settle(ports, paper).then(
        () => false,
        () => true,
      );
      expect(world.archive()?.state === 'done' && world.registersFiles.files.size < whole.registersFiles.files.size).toBe(false);
      await world.settle(world.ports, paper);
      await world.written('2026-10-01T05:00', paper);
      expect(filesOf(world), `broken off at ${at}`).toEqual(filesOf(whole));
      expect(world.archive()).toMatchObject({ state: 'done', done: 4, total: 4, stale: [] });
      if (!broke) {
        expect(at).toBeGreaterThan(60);
        break;
      }
    }
  });

  it('lets a file go whose class is found no more', async () => {
    const world = await aDay();
    await world.written('2026-10-01T04:00');
    const gone = `${UAI}/${YEAR}/${classKey('9e Z')}.pdf`;
    await world.registersFiles.write(gone, 'of a class by another name', 'application/pdf');
    const archive = world.archive();
    if (!archive) throw new Error('no archive');
    await world.store.write({
      update: 'registerArchive',
      key: { uai: UAI, year: YEAR },
      set: { classes: [...archive.classes, { key: classKey('9e Z'), label: '9e Z', pupils: 1 }] },
    });
    await world.written('2026-11-01T04:00');
    expect(world.registersFiles.files.has(gone)).toBe(false);
    expect(world.archive()?.classes.map(({ label }) => label)).toEqual(['4e A', '5e B']);
  });
});

describe('before the summer purge', () => {
  it('is whole once the year is over; what moved since is written once more, and only then the year is erased', async () => {
    const world = await aDay();
    await world.written('2027-07-12T04:00');
    expect(world.archive()).toMatchObject({ state: 'done', through: '2027-07-11' });
    await world.written('2027-08-01T04:00');
    expect(world.archive()).toMatchObject({ state: 'done', through: '2027-07-31' });
    await world.store.write({
      put: 'countedDay',
      item: {
        uai: UAI,
        month: '2026-09',
        date: TODAY,
        halfDaySwitch: 750,
        openHalves: ['morning'],
        classes: [],
        calls: { due: 1, untaken: 0 },
        teachers: [],
        groups: [],
        rev: 1,
      },
    });

    // Noa was there after all: said on the last day of August.
    world.clock.set('2027-08-31T10:00');
    await call(world, FRENCH, [], 1);
    const days = () => world.store.items('pupilDay').length;
    const before = days();
    world.clock.set('2027-09-01T08:00');
    await eraseYears(world.ports);
    expect(days()).toBe(before);
    await countDays(world.ports);
    expect(world.archive()?.moved).toBe(true);
    await eraseYears(world.ports);
    expect(days()).toBe(before);
    await world.written('2027-09-01T09:00');
    expect(world.archive()?.moved).toBeUndefined();
    expect((await csv(world, '5e B')).join()).not.toContain('Zidane');
    await eraseYears(world.ports);
    expect(days()).toBe(0);

    // What is erased is not written over what was kept.
    const kept = filesOf(world);
    await world.written('2027-10-01T04:00');
    expect(filesOf(world)).toMatchObject(kept);
    await expect(startRegister({ params: { uai: UAI, year: YEAR }, caller: brun }, world.ports)).rejects.toMatchObject({
      code: 'attendance.register-erased',
    });
  });

  it('is kept until 31 December, and then goes with all its files', async () => {
    const world = await aDay();
    await world.written('2027-08-01T04:00');
    const ofYear = () => [...world.registersFiles.files.keys()].filter((key) => key.startsWith(`${UAI}/${YEAR}/`));
    await world.written('2028-01-01T04:00');
    expect(ofYear()).not.toEqual([]);
    await world.store.write({ update: 'chasedSchool', key: { uai: UAI }, set: { erasedUntil: '2027-07-31' } });
    await world.written('2027-12-31T23:00');
    expect(ofYear()).not.toEqual([]);
    await world.written('2028-01-01T04:00');
    expect(ofYear()).toEqual([]);
    expect(world.store.items('registerArchive').map(({ year }) => year)).toEqual(['2027']);
  });
});

describe('by hand', () => {
  it('is begun once, until yesterday, and says where it stands', async () => {
    const world = await aDay();
    world.clock.set('2026-09-20T10:00');
    const begin = () => startRegister({ params: { uai: UAI, year: YEAR }, caller: brun }, world.ports);
    expect(await begin()).toMatchObject({ state: 'under-way', through: '2026-09-19', done: 0, bySchedule: false });
    expect(await begin()).toMatchObject({ state: 'under-way' });
    expect(world.archive()?.revision).toBe(1);
    await world.settle();
    expect(await listRegisters({ params: { uai: UAI } }, world.ports)).toMatchObject({
      current: YEAR,
      years: [{ year: YEAR, state: 'done', keptUntil: '2027-12-31', moved: false, classes: [{ label: '4e A' }, { label: '5e B' }] }],
    });
  });

  it('is of no year but the running and the last one, and of no class that is not in it', async () => {
    const world = await aDay();
    await expect(startRegister({ params: { uai: UAI, year: '2030' }, caller: brun }, world.ports)).rejects.toMatchObject({
      code: 'request.not-found',
    });
    await world.written('2026-10-01T04:00');
    await expect(readRegisterPdf(params('3e C'), world.ports)).rejects.toMatchObject({ code: 'request.not-found' });
  });
});
