import * as z from 'zod';
import { defineTable, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { Calendar, SchoolTime } from './calendar.ts';
import { NotHeld } from './course.ts';
import { Lesson } from './lesson.ts';
import { MOST_STAND_INS, StandIn } from './stand-in.ts';
import { ClassList, Week } from './week.ts';

/** How one day differs from the timetable: far more of each than any day has, far below what an item may weigh. */
export const MOST_CHANGES = 300;

export const DayChanges = z.object({
  uai: Uai,
  date: LocalDate,
  notHeld: z.array(NotHeld).max(MOST_CHANGES),
  opened: z.array(Lesson.omit({ uai: true, date: true }).extend({ openedBy: PersonId })).max(MOST_CHANGES),
  rev: z.int().min(1),
});
export type DayChanges = z.infer<typeof DayChanges>;

export const timetable = defineTable({
  name: 'timetable',
  entities: {
    calendar: {
      schema: Calendar.extend({
        school: SchoolTime.optional(),
        schoolRev: z.int().optional(),
        standIns: z.array(StandIn).max(MOST_STAND_INS).optional(),
      }),
      pk: '{uai}',
      sk: 'calendar',
      retention: 'replaced each school year',
    },
    week: {
      schema: Week,
      pk: '{uai}',
      sk: 'week#{owner}',
      retention: 'until a later import replaces it; the school year at most. A pupil’s goes with the import that says they left',
    },
    list: {
      schema: ClassList,
      pk: '{uai}',
      sk: 'list#{groupId}',
      retention: 'until a later import replaces it; the school year at most. A departed pupil is in none',
    },
    changes: {
      schema: DayChanges,
      pk: '{uai}#{date}',
      sk: 'changes',
      retention: 'the school year (R131-6): erased once its roll calls are',
    },
  },
  patterns: {
    weeks: { entities: ['week'], pk: '{uai}', sk: 'week#', summary: 'every week of a school: what an import is compared with' },
    lists: { entities: ['list'], pk: '{uai}', sk: 'list#', summary: 'every class list of a school: what an import is compared with' },
  },
});
