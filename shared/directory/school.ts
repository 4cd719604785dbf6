import * as z from 'zod';
import { Instant, MinuteOfDay, TimeZone, Uai } from '../kernel/index.ts';

/** `primary`: école, two roll calls a half-day and no timetable; `secondary`: collège, lycée. */
export const SchoolKind = z.enum(['primary', 'secondary']);
export type SchoolKind = z.infer<typeof SchoolKind>;

export const OpenHalfDay = z.strictObject({
  /** 1 = Monday … 6 = Saturday. */
  weekday: z.int().min(1).max(6),
  half: z.enum(['morning', 'afternoon']),
});
export type OpenHalfDay = z.infer<typeof OpenHalfDay>;

/** A half-day of an école: when the roll is called as it begins, a second time (absent: not again), and when it ends. */
export const HalfDayHours = z.strictObject({
  startMinute: MinuteOfDay,
  secondMinute: MinuteOfDay.optional(),
  endMinute: MinuteOfDay,
});
export type HalfDayHours = z.infer<typeof HalfDayHours>;

/** What a school may set; each default is the one most schools keep. */
export const SchoolSettings = z.object({
  /** Minutes between saving a roll call and telling a family: time to put a mistake right. */
  graceMinutes: z.int().min(0).max(15).default(10),
  /** A family is never told earlier than this many minutes after the lesson began. */
  notBeforeMinutes: z.int().min(0).max(60).default(15),
  /** `checked`: school life looks first, 30 minutes at most; then the message goes by itself. */
  telling: z.enum(['automatic', 'checked']).default('automatic'),
  /** A roll call saved later than this many hours after its lesson ended tells nobody before school life has said so. */
  decideAfterHours: z.int().min(1).max(12).default(2),
  /** Minutes after its start at which a lesson without a validated roll call reminds its teachers. */
  remindAfterMinutes: z.int().min(5).max(45).default(15),
  /** A lesson that starts before it belongs to the morning. */
  halfDaySwitch: MinuteOfDay.default(750),
  /** Decides the reasons proposed and the half-days that are open, until the school sets its own. */
  kind: SchoolKind.default('secondary'),
  /** The half-days of the week in which an absence counts; absent: those of `openHalfDaysOf`. */
  openHalfDays: z
    .array(OpenHalfDay)
    .max(12)
    .refine((all) => new Set(all.map(({ weekday, half }) => `${weekday}${half}`)).size === all.length, 'each half-day once')
    .optional(),
  /** The hours of an école, which has no timetable; a collège’s roll calls are its lessons. */
  morningHours: HalfDayHours.default({ startMinute: 510, secondMinute: 615, endMinute: 690 }),
  afternoonHours: HalfDayHours.default({ startMinute: 810, secondMinute: 915, endMinute: 990 }),
  /** What absences are counted in, on screens and papers; the thresholds below are half-days whatever it is. */
  countingUnit: z.enum(['half-day', 'lesson-hour', 'day']).default('half-day'),
  /** Half-days without admissible reason in a calendar month after which the dossier for the commission éducative is prepared. */
  commissionHalfDays: z.int().min(1).max(60).default(4),
  /** … and after which the pupil gets a referent. */
  referentHalfDays: z.int().min(1).max(60).default(10),
  /** Absences, and latenesses, in a calendar month that alert school life; 0 = never. */
  alertAbsences: z.int().min(0).max(60).default(5),
  alertLatenesses: z.int().min(0).max(60).default(3),
  /** Level-2 guardians (foster carer, ASE, third party) are told of absences too. */
  tellsLevelTwo: z.boolean().default(true),
  /** Share of pupils whose departure an import must ask about. */
  departuresToConfirm: z.number().min(0).max(1).default(0.1),
  /** Days a staff device stays trusted; 0 = never. */
  trustedDeviceDays: z.int().min(0).max(90).default(30),
});
export type SchoolSettings = z.infer<typeof SchoolSettings>;

type Given<Shape> = {
  [K in keyof Shape]: z.ZodOptional<
    Shape[K] extends z.ZodDefault<infer Inner> ? Inner : Shape[K] extends z.ZodOptional<infer Inner> ? Inner : never
  >;
};

/** Any of the settings, without their defaults: what is not given stays as it is. */
export const GivenSettings = z.strictObject(
  Object.fromEntries(
    Object.entries(SchoolSettings.shape).map(([name, schema]) => [name, (schema.unwrap() as z.ZodType).optional()]),
  ) as Given<typeof SchoolSettings.shape>,
);

const WEEK: readonly OpenHalfDay[] = [1, 2, 3, 4, 5, 6].flatMap((weekday) => [
  { weekday, half: 'morning' as const },
  { weekday, half: 'afternoon' as const },
]);

/** Unless the school says otherwise: at an école, not on Wednesday and Saturday; elsewhere, all but Saturday afternoon. */
export const openHalfDaysOf = ({ openHalfDays, kind }: Pick<SchoolSettings, 'openHalfDays' | 'kind'>): readonly OpenHalfDay[] =>
  openHalfDays ??
  WEEK.filter(({ weekday, half }) => (kind === 'primary' ? weekday !== 3 && weekday !== 6 : weekday !== 6 || half === 'morning'));

/** Whether an école’s day runs forward, with the roll calls of each half-day on their side of the hour that parts morning from afternoon. */
export const hoursRun = ({
  morningHours: morning,
  afternoonHours: afternoon,
  halfDaySwitch,
}: Pick<SchoolSettings, 'morningHours' | 'afternoonHours' | 'halfDaySwitch'>): boolean =>
  [morning, afternoon].every(
    ({ startMinute, secondMinute = startMinute + 1, endMinute }) => startMinute < secondMinute && secondMinute < endMinute,
  ) &&
  morning.endMinute <= afternoon.startMinute &&
  (morning.secondMinute ?? morning.startMinute) < halfDaySwitch &&
  halfDaySwitch <= afternoon.startMinute;

export const School = z.object({
  uai: Uai,
  name: z.string().min(1).max(120),
  city: z.string().max(80).optional(),
  /** Code of the académie, `01` … `44`: decides the holidays. */
  academy: z.string().max(4).optional(),
  timeZone: TimeZone.default('Europe/Paris'),
  /** Calendar year in which the school year starts. */
  year: z.int().min(2000).max(2200).optional(),
  /** Where families' answers go: school life's mailbox, and its telephone. */
  schoolLifeEmail: z.email().max(254).optional(),
  schoolLifePhone: z.string().max(20).optional(),
  settings: SchoolSettings.prefault({}),
  lastImportAt: Instant.optional(),
  rev: z.int().default(1),
});
export type School = z.infer<typeof School>;
