import * as z from 'zod';
import { Instant, MinuteOfDay, TimeZone, Uai } from '../kernel/index.ts';

/** What a school may set; each default is the one most schools keep. */
export const SchoolSettings = z.object({
  /** Minutes between saving a roll call and telling a family: time to put a mistake right. */
  graceMinutes: z.int().min(0).max(15).default(10),
  /** A family is never told earlier than this many minutes after the lesson began. */
  notBeforeMinutes: z.int().min(0).max(60).default(15),
  /** A lesson that starts before it belongs to the morning. */
  halfDaySwitch: MinuteOfDay.default(750),
  /** Level-2 guardians (foster carer, ASE, third party) are told of absences too. */
  tellsLevelTwo: z.boolean().default(true),
  /** Share of pupils whose departure an import must ask about. */
  departuresToConfirm: z.number().min(0).max(1).default(0.1),
  /** Days a staff device stays trusted; 0 = never. */
  trustedDeviceDays: z.int().min(0).max(90).default(30),
});
export type SchoolSettings = z.infer<typeof SchoolSettings>;

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
  settings: SchoolSettings.default(SchoolSettings.parse({})),
  lastImportAt: Instant.optional(),
  rev: z.int().default(1),
});
export type School = z.infer<typeof School>;
