import * as z from 'zod';
import { defineRoute, Instant, LocalDate, runsSchoolLife, Uai } from '../kernel/index.ts';
import { Arrangement } from './arrangement.ts';
import { PupilName } from './routes.ts';

/** With the name of the pupil, where it is one. */
const ArrangementLine = Arrangement.extend({ pupil: PupilName.optional() });
export type ArrangementLine = z.infer<typeof ArrangementLine>;

const outing = {
  kind: 'outing',
  target: 'g_01j8z0example',
  from: '2026-11-24',
  until: '2026-11-24',
  fromMinute: 540,
  untilMinute: 990,
  without: [],
  title: 'Musée des Beaux-Arts',
} as const;
const line = {
  ...outing,
  without: [],
  arrangementId: 'x_0197b3c0a1b2c3d4',
  label: '5e B',
  by: 'p_0197b3c0ffff',
  at: '2026-11-23T08:04:00.000Z',
  revision: 1,
};

export const enterArrangement = defineRoute({
  name: 'attendance.enter-arrangement',
  method: 'POST',
  path: '/schools/{uai}/arrangements',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai },
  body: z
    .strictObject({
      ...Arrangement.pick({
        kind: true,
        target: true,
        from: true,
        until: true,
        fromMinute: true,
        untilMinute: true,
        weekdays: true,
        subject: true,
        inRoom: true,
        title: true,
      }).shape,
      without: Arrangement.shape.without.default([]),
    })
    .refine(({ from, until }) => from <= until)
    .refine(({ fromMinute = 0, untilMinute = 1440 }) => fromMinute < untilMinute)
    .refine(({ kind, inRoom }) => inRoom === undefined || kind === 'exemption'),
  answer: ArrangementLine,
  idempotent: true,
  failures: [
    'attendance.arrangement-out-of-range',
    'attendance.arrangement-too-long',
    'request.idempotency-key-reused',
    'attendance.year-over',
  ],
  summary:
    'School life says that a class, a group or a pupil is expected elsewhere: an outing, a placement, an exemption. It prefills roll calls, and puts right what was saved before.',
  example: { body: { ...outing, without: [] }, answer: line },
});

export const listArrangements = defineRoute({
  name: 'attendance.list-arrangements',
  method: 'GET',
  path: '/schools/{uai}/arrangements',
  rights: { staff: runsSchoolLife },
  params: { uai: Uai },
  answer: z.object({
    today: LocalDate,
    now: Instant,
    /** By first day, what was taken back left out. */
    arrangements: z.array(ArrangementLine),
  }),
  summary: 'Outings, placements and exemptions of a school: those going on, those to come, and those over for a month at most.',
  example: { answer: { today: '2026-11-23', now: '2026-11-23T08:04:00.000Z', arrangements: [line] } },
});

export const stopArrangement = defineRoute({
  name: 'attendance.stop-arrangement',
  method: 'DELETE',
  path: '/schools/{uai}/arrangements/{date}/{arrangementId}',
  rights: { staff: runsSchoolLife },
  /** `date` is its first day. */
  params: { uai: Uai, date: LocalDate, arrangementId: Arrangement.shape.arrangementId },
  query: { on: LocalDate.optional() },
  answer: ArrangementLine,
  failures: ['attendance.year-over'],
  summary: 'Takes an arrangement back; `on` a day, from that day on. Doing it twice is doing it once.',
  example: { answer: { ...line, stopped: { on: '2026-11-24', by: 'p_0197b3c0ffff', at: '2026-11-23T08:10:00.000Z' } } },
});
