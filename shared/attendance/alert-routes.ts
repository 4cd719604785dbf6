import * as z from 'zod';
import { defineRoute, Instant, type LocalDate, PersonId, runsSchoolLife, Uai } from '../kernel/index.ts';
import { Alert, AlertKind, Month } from './pupil-month.ts';
import { Absentee } from './routes.ts';
import { Counted } from './treatment-routes.ts';

const rights = { staff: runsSchoolLife } as const;
const UAI_PUPIL = 'p_0197b3c0a1b2';
const AT = '2026-11-23T08:30:00.000Z';
const pupil = { pupilId: UAI_PUPIL, familyName: 'LEMOINE', givenName: 'Inès', classLabel: '5e B' };
const alert = { kind: 'commission', state: 'raised', count: 4, threshold: 4, raisedAt: AT, changedAt: AT } as const;
const counts = {
  halfDays: 5,
  halfDaysWithoutReason: 4,
  halfDaysOpen: 1,
  halfDaysOnReport: 5,
  lessonHours: 11.5,
  absences: 4,
  absencesWithoutReason: 3,
  latenesses: 1,
  latenessesWithoutReason: 1,
  minutesLate: 12,
};

const Watched = Absentee.pick({ pupilId: true, familyName: true, givenName: true, sex: true, classLabel: true }).extend({
  /** Of the month. */
  counts: Counted,
  alerts: z.array(Alert.omit({ handledBy: true })),
});

export const listAlerts = defineRoute({
  name: 'attendance.list-alerts',
  method: 'GET',
  path: '/schools/{uai}/months/{month}/alerts',
  rights,
  params: { uai: Uai, month: Month },
  answer: z.object({
    month: Month,
    now: Instant,
    timeZone: z.string(),
    /** From how many on; 0 = never. */
    thresholds: z.record(AlertKind, z.int()),
    /** Pupils with an alert, raised ones first. */
    pupils: z.array(Watched),
    /** One half-day without admissible reason short of the commission éducative. */
    near: z.array(Watched),
  }),
  summary: 'Who reached a threshold in a month, and who is about to.',
  example: {
    answer: {
      month: '2026-11',
      now: AT,
      timeZone: 'Europe/Paris',
      thresholds: { commission: 4, referent: 10, absences: 5, latenesses: 3 },
      pupils: [{ ...pupil, counts, alerts: [alert] }],
      near: [],
    },
  },
});

export const handleAlert = defineRoute({
  name: 'attendance.handle-alert',
  method: 'POST',
  path: '/schools/{uai}/months/{month}/pupils/{pupilId}/alerts/{kind}/handled',
  rights,
  params: { uai: Uai, month: Month, pupilId: PersonId, kind: AlertKind },
  answer: Alert,
  failures: ['attendance.year-over'],
  summary: 'An alert was dealt with: what was counted so far counts no more towards it. Doing it twice is doing it once.',
  example: { answer: { ...alert, state: 'handled', count: 0, handledUntil: '2026-11-23', handledBy: 'p_0197b3c0ffff' } },
});

export const commissionDossier = defineRoute({
  name: 'attendance.read-commission-dossier',
  method: 'GET',
  path: '/schools/{uai}/months/{month}/pupils/{pupilId}/commission-dossier',
  rights,
  params: { uai: Uai, month: Month, pupilId: PersonId },
  media: 'application/pdf',
  summary:
    'The dossier for the commission éducative (L131-8, R131-7), as the facts now are: dates, reasons, contacts made and their outcome. Prepared for a human, sent by nobody.',
  example: {},
});

/** Dates of a month, both included: no month has more. */
export const daysOfMonth = (month: Month): { from: LocalDate; until: LocalDate } => ({ from: `${month}-01`, until: `${month}-31` });
