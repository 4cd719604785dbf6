/**
 * What a pupil costs in a school year, from units and list prices: `node test/load/cost.ts [--pupils 600] [--activated 0.8]`. Computed, not measured on an
 * account: units a screen are rounded up from what `units.ts` counts, habits are those of YEAR below. Prices are those of eu-west-3 on the
 * public lists, in dollars without free tiers; sign-in stands by itself, for it depends on who opens an account.
 */
import { parseArgs } from 'node:util';
import { table } from './figures.ts';

/** Dollars by unit. */
const PRICE = {
  apiCall: 1.17 / 1e6,
  lambdaCall: 0.2 / 1e6,
  /** arm64. */
  gigabyteSecond: 0.0000133334,
  readUnit: 0.1485 / 1e6,
  writeUnit: 0.742 / 1e6,
  event: 1.0 / 1e6,
  queueRequest: 0.4 / 1e6,
  mail: 0.1 / 1000,
  cdnRequest: 0.012 / 10_000,
  cdnGigabyte: 0.085,
  logGigabyte: 0.5985,
  storedGigabyteMonth: 0.297 + 0.2376,
  /** Cognito Lite, the first 90,000 active in a month. */
  activeInMonth: 0.0055,
} as const;

/** What happens, for one pupil in one school year of 36 weeks. */
const YEAR = {
  days: 180,
  lessonsADay: 6,
  pupilsALesson: 25,
  /** Missed lessons in a hundred, and lessons in a row that make one message. */
  absentShare: 0.055,
  lessonsAnEpisode: 3,
  guardians: 1.8,
  /** Times that a family, and a pupil, open their home in a week. */
  visitsAWeek: { guardian: 2, pupil: 3 },
  weeks: 36,
  monthsActive: 10,
} as const;

const { values } = parseArgs({ options: { pupils: { type: 'string', default: '600' }, activated: { type: 'string', default: '0.8' } } });
const pupils = Number(values.pupils);
const activated = Number(values.activated);

interface Line {
  readonly what: string;
  readonly count: number;
  readonly dollars: number;
}

/** One call through the CDN, the API and a function: 80 ms of half a gigabyte, one log line, one card read and what it reads and writes beside. */
const call = ({ reads = 2, writes = 0 }: { readonly reads?: number; readonly writes?: number } = {}): number =>
  PRICE.cdnRequest +
  PRICE.apiCall +
  PRICE.lambdaCall +
  0.08 * 0.5 * PRICE.gigabyteSecond +
  (1 + reads) * PRICE.readUnit +
  writes * PRICE.writeUnit +
  0.6e-6 * PRICE.logGigabyte +
  6e-6 * PRICE.cdnGigabyte;

/** One hop that nobody waits for: relay, event, consumer. */
const hop = 2 * PRICE.lambdaCall + 2 * 0.06 * 0.5 * PRICE.gigabyteSecond + PRICE.event + 4 * PRICE.readUnit + 2 * PRICE.writeUnit;

const lessons = YEAR.days * YEAR.lessonsADay;
const missed = lessons * YEAR.absentShare;
const mails = (missed / YEAR.lessonsAnEpisode) * YEAR.guardians * 1.3;
const visits = YEAR.weeks * (YEAR.visitsAWeek.guardian * YEAR.guardians + YEAR.visitsAWeek.pupil) * activated;

const lines: readonly Line[] = [
  // Read and saved: two calls and their hops, shared by everybody on the list.
  {
    what: 'roll calls (a share of each lesson’s)',
    count: lessons / YEAR.pupilsALesson,
    dollars: (lessons / YEAR.pupilsALesson) * (call({ reads: 8 }) + call({ reads: 10, writes: 12 }) + 2 * hop),
  },
  { what: 'absences followed', count: missed, dollars: missed * (4 * PRICE.writeUnit + 2 * hop) },
  // Put, taken and deleted; claimed, accepted and delivered.
  {
    what: 'mails to families, corrections included',
    count: mails,
    dollars: mails * (PRICE.mail + 3 * PRICE.queueRequest + 5 * PRICE.writeUnit + 12 * PRICE.readUnit + 2 * hop),
  },
  { what: 'homes opened by families and pupils', count: visits, dollars: visits * 3 * call({ reads: 6 }) },
  // Two agents of a school look at it eight hours a day; it asks again every ten seconds.
  {
    what: 'school life’s board (a share of the school’s)',
    count: (YEAR.days * 8 * 360 * 2) / pupils,
    dollars: ((YEAR.days * 8 * 360 * 2) / pupils) * call({ reads: 20 }),
  },
  // Every quarter of an hour, two days compared, all year.
  {
    what: 'reconciliation (a share of the school’s)',
    count: (365 * 96) / pupils,
    dollars: ((365 * 96) / pupils) * (5 * PRICE.lambdaCall + 5 * 0.1 * 0.5 * PRICE.gigabyteSecond + 60 * PRICE.readUnit),
  },
  { what: 'kept for the year, restorable', count: 1, dollars: 0.0002 * 12 * PRICE.storedGigabyteMonth },
];

const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
// Only those who open their account are billed, in the months in which they do.
const active = (1 + YEAR.guardians) * activated * YEAR.monthsActive;
const cents = (dollars: number): string => (dollars * 100).toFixed(3);

console.log(
  table([
    ['a pupil, a school year', 'times', 'US cents'],
    ...lines.map(({ what, count, dollars }) => [what, count.toFixed(1), cents(dollars)]),
    ['without sign-in', '', cents(total)],
    [`sign-in: accounts active in a month (${activated * 100} % opened)`, active.toFixed(1), cents(active * PRICE.activeInMonth)],
  ]),
);
console.log(`\nTarget without sign-in: at most 3 cents a pupil and year. ${total <= 0.03 ? 'Held.' : 'Missed.'}`);
if (total > 0.03) process.exitCode = 1;
