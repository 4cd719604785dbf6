import * as z from 'zod';
import { defineRoute, directs, PersonId, Uai } from '../kernel/index.ts';
import { MOST_STAND_INS, StandIn } from './stand-in.ts';

const rights = { staff: directs } as const;
const example = {
  rev: 4,
  standIns: [
    {
      target: 'p_01j8z0example',
      label: 'Mme ROY',
      by: { personId: 'p_01j8z0other', familyName: 'PETIT', givenName: 'Nora' },
      from: '2026-11-23',
      until: '2026-12-18',
    },
  ],
};
const Answer = z.object({ rev: z.int(), standIns: z.array(StandIn) });

export const listStandIns = defineRoute({
  name: 'timetable.list-stand-ins',
  method: 'GET',
  path: '/schools/{uai}/stand-ins',
  rights,
  params: { uai: Uai },
  answer: Answer.nullable(),
  summary: 'Who takes whose lessons, and until when; null before the first timetable or class list.',
  example: { answer: example },
});

export const setStandIns = defineRoute({
  name: 'timetable.set-stand-ins',
  method: 'PUT',
  path: '/schools/{uai}/stand-ins',
  rights,
  params: { uai: Uai },
  body: z.strictObject({
    basedOn: z.int(),
    standIns: z.array(StandIn.pick({ target: true, from: true, until: true }).extend({ personId: PersonId })).max(MOST_STAND_INS),
  }),
  answer: Answer,
  failures: ['timetable.no-calendar', 'timetable.calendar-changed', 'timetable.dates-reversed', 'timetable.unknown-stand-in'],
  summary:
    'Says who takes a teacher’s lessons, or helps with a class’s, from a day to a day: roll calls, reminders and homes follow at once.',
  example: {
    body: { basedOn: 3, standIns: [{ target: 'p_01j8z0example', personId: 'p_01j8z0other', from: '2026-11-23', until: '2026-12-18' }] },
    answer: example,
  },
});
