import * as z from 'zod';
import { defineRoute, Instant, LocalDate, MinuteOfDay, PersonId, runsSchoolLife, Uai } from '../kernel/index.ts';
import { DEFAULT_EXIT_RIGHTS, ExitRight, RightsByRegime } from './exit-right.ts';

const rights = { staff: runsSchoolLife } as const;

const PupilRight = {
  right: ExitRight,
  /** What the school gives to the pupil’s regime. */
  schools: ExitRight,
  /** The pupil’s own: who noted it, and when. */
  own: z.object({ by: z.string(), at: Instant }).optional(),
};

export const readExit = defineRoute({
  name: 'attendance.read-exit',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/exit',
  rights,
  params: { uai: Uai, date: LocalDate, pupilId: PersonId },
  answer: z.object({
    ...PupilRight,
    /** When the pupil may leave alone that day: `from` included, `until` not; none for who never may. */
    times: z.array(z.object({ from: MinuteOfDay, until: z.int() })),
  }),
  summary: 'A pupil’s exit right and when they may leave by themselves on a day.',
  example: { answer: { right: 'usual-end', schools: 'usual-end', times: [{ from: 985, until: 1440 }] } },
});

export const setExitRight = defineRoute({
  name: 'attendance.set-exit-right',
  method: 'PUT',
  path: '/schools/{uai}/pupils/{pupilId}/exit-right',
  rights,
  params: { uai: Uai, pupilId: PersonId },
  /** Without a right, the school’s own for the pupil’s regime. */
  body: z.strictObject({ right: ExitRight.optional() }),
  answer: z.object(PupilRight),
  summary: 'Notes the exit right that a family signed for a pupil, or goes back to the school’s.',
  example: {
    body: { right: 'when-free' },
    answer: { right: 'when-free', schools: 'usual-end', own: { by: 'Mme Brun', at: '2026-11-23T08:04:00.000Z' } },
  },
});

const Rules = z.object({
  /** 0 while the school has the defaults; `basedOn` of the next change. */
  rev: z.int(),
  rights: RightsByRegime,
});

export const readExitRules = defineRoute({
  name: 'attendance.read-exit-rules',
  method: 'GET',
  path: '/schools/{uai}/exit-rules',
  rights,
  params: { uai: Uai },
  answer: Rules,
  summary: 'The exit right a school gives by regime, where a family signed nothing else.',
  example: { answer: { rev: 0, rights: DEFAULT_EXIT_RIGHTS } },
});

export const setExitRules = defineRoute({
  name: 'attendance.set-exit-rules',
  method: 'PUT',
  path: '/schools/{uai}/exit-rules',
  rights,
  params: { uai: Uai },
  body: z.strictObject({ basedOn: z.int().min(0).max(1_000_000), rights: RightsByRegime }),
  answer: Rules,
  failures: ['attendance.exit-rules-changed'],
  summary: 'Sets the exit right by regime; what families signed for a pupil stays.',
  example: { body: { basedOn: 0, rights: DEFAULT_EXIT_RIGHTS }, answer: { rev: 1, rights: DEFAULT_EXIT_RIGHTS } },
});
