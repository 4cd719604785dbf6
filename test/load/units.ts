/**
 * DynamoDB requests and units of every screen and of a roll call, over the real use cases and tables in memory, at the demo's collège and at one
 * four times its size: `node test/load/units.ts [--pupils 450] [--large 1800] [--check]`. A request's card (one consistent read that every request with
 * sign-in makes) stands in its own column; what other contexts were asked counts. Units are of 4 kB read consistently and 1 kB written.
 */
import { parseArgs } from 'node:util';
import type { Door } from '../../shared/kernel/index.ts';
import type { Consumed } from '../doubles/index.ts';
import { table } from './figures.ts';
import { importSchool, type MemorySystem, memorySystem } from './memory-system.ts';
import { openSchoolDay } from './school-day.ts';

const TARGET = { requests: 2 };

interface Spent {
  readonly requests: number;
  readonly read: number;
  readonly written: number;
  readonly kilobytes: number;
}

const sum = (spent: readonly Consumed[]): Omit<Spent, 'kilobytes'> => ({
  requests: spent.reduce((total, { requests }) => total + requests, 0),
  read: spent.reduce((total, { readUnits }) => total + readUnits, 0),
  written: spent.reduce((total, { writeUnits }) => total + writeUnits, 0),
});

/** The card is one get of one unit. */
const besideTheCard = (spent: readonly Consumed[]) => {
  const all = sum(spent);
  return { ...all, requests: all.requests - 1, read: all.read - 1 };
};

interface Screen {
  readonly screen: string;
  readonly door: Door;
  readonly personId: string;
  readonly path: string;
  readonly query?: string;
}

const screensOf = ({
  uai,
  date,
  teacher,
  guardian,
  pupil,
  schoolLife,
  office,
  authority,
  lesson,
}: Awaited<ReturnType<typeof openSchoolDay>>): Screen[] => {
  const school = `schools/${uai}`;
  const day = `${school}/days/${date}`;
  // As the page sends it, from the card of the lesson it was opened by.
  const groups = `groups=${lesson.groupIds.join(',')}`;
  return [
    { screen: 'every home: who am I', door: 'teacher', personId: teacher, path: '/directory/me' },
    { screen: 'teacher: my day', door: 'teacher', personId: teacher, path: `/attendance/${day}` },
    {
      screen: 'teacher: roll call',
      door: 'teacher',
      personId: teacher,
      path: `/attendance/${day}/lessons/${lesson.lessonId}`,
      query: groups,
    },
    { screen: 'guardian: who am I', door: 'guardian', personId: guardian, path: '/directory/me' },
    { screen: 'guardian: a child', door: 'guardian', personId: guardian, path: `/attendance/${school}/pupils/${pupil}` },
    { screen: 'pupil: me', door: 'pupil', personId: pupil, path: `/attendance/${school}/pupils/${pupil}` },
    { screen: 'school life: live list', door: 'staff', personId: schoolLife, path: `/attendance/${day}/board` },
    { screen: 'school life: messages', door: 'staff', personId: schoolLife, path: `/notifications/${day}/deliveries` },
    { screen: 'school life: answers', door: 'staff', personId: schoolLife, path: `/attendance/${day}/answers` },
    { screen: 'school life: a pupil’s file', door: 'staff', personId: schoolLife, path: `/directory/${school}/pupils/${pupil}` },
    {
      screen: 'school life: figures of a month',
      door: 'staff',
      personId: schoolLife,
      path: `/attendance/${school}/months/${date.slice(0, 7)}/figures`,
    },
    { screen: 'office: classes and groups', door: 'staff', personId: office, path: `/directory/${school}/groups` },
    { screen: 'office: find someone', door: 'staff', personId: office, path: `/directory/${school}/people`, query: 'name=ma' },
    { screen: 'office: imports', door: 'staff', personId: office, path: `/directory/${school}/imports` },
    { screen: 'office: the school', door: 'staff', personId: office, path: `/directory/${school}` },
    { screen: 'anyone: calendar', door: 'teacher', personId: teacher, path: `/timetable/${school}/calendar` },
    { screen: 'authority: its schools', door: 'authority', personId: authority, path: '/directory/overview' },
  ];
};

const visit = async (system: MemorySystem, { screen, door, personId, path, query }: Screen): Promise<Spent> => {
  system.spent();
  const { statusCode, body = '' } = await system.request({ door, personId }, 'GET', path, query === undefined ? {} : { query });
  if (statusCode !== 200) throw new Error(`${screen}: ${statusCode} ${body}`);
  return { ...besideTheCard(system.spent()), kilobytes: Buffer.byteLength(body) / 1024 };
};

const measure = async (pupils: number) => {
  const system = await memorySystem('2026-09-15T10:05');
  const uai = await importSchool(system, pupils);
  const day = await openSchoolDay(system, uai);
  const screens = new Map<string, Spent>();
  const { saved, settled } = await day.rollCall();
  for (const screen of screensOf(day)) screens.set(screen.screen, await visit(system, screen));
  return { screens, saved: besideTheCard(saved), settled: sum(settled), mails: system.mail.sent().length };
};

const { values } = parseArgs({
  options: {
    pupils: { type: 'string', default: '450' },
    large: { type: 'string', default: '1800' },
    check: { type: 'boolean', default: false },
  },
});
const small = await measure(Number(values.pupils));
const large = await measure(Number(values.large));

const shown = (n: number) => (Number.isInteger(n) ? String(n) : n.toFixed(1));
const missed: string[] = [];
const rows = [['screen', 'requests', 'RRU', 'kB shown', `requests at ${values.large}`, `RRU at ${values.large}`, 'kB shown', '']];
for (const [screen, at] of small.screens) {
  const grown = large.screens.get(screen) as Spent;
  const marks = [
    ...(Math.max(at.requests, grown.requests) > TARGET.requests ? ['requests'] : []),
    // What is shown may grow with the school; what is read beyond it may not.
    ...(grown.requests > at.requests || grown.read > Math.max(at.read, (at.read * grown.kilobytes) / at.kilobytes) * 1.2 ? ['grows'] : []),
  ];
  if (marks.length > 0) missed.push(screen);
  rows.push([
    screen,
    ...[at.requests, at.read].map(shown),
    at.kilobytes.toFixed(1),
    ...[grown.requests, grown.read].map(shown),
    grown.kilobytes.toFixed(1),
    marks.length > 0 ? `MISSED: ${marks.join(', ')}` : '',
  ]);
}
console.log(table(rows));
console.log();
const saving = [
  ['roll call, two absents', 'requests', 'RRU', 'WRU', `requests at ${values.large}`, `RRU at ${values.large}`, `WRU at ${values.large}`],
];
for (const [name, one, other] of [
  ['saving it (one request)', small.saved, large.saved],
  [`all that follows, ${small.mails} and ${large.mails} mails`, small.settled, large.settled],
] as const)
  saving.push([name, ...[one.requests, one.read, one.written, other.requests, other.read, other.written].map(shown)]);
console.log(table(saving));
console.log(
  `target: at most ${TARGET.requests} DynamoDB requests a screen beside the card, none that grow with the school: ${missed.length === 0 ? 'held' : `MISSED by ${missed.length} of ${small.screens.size}`}`,
);
if (values.check && missed.length > 0) process.exitCode = 1;
