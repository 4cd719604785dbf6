import * as z from 'zod';
import { defineRoute, directs, LocalDate, Uai } from '../kernel/index.ts';

const Year = { from: LocalDate, until: LocalDate };

export const readErasure = defineRoute({
  name: 'attendance.read-erasure',
  method: 'GET',
  path: '/schools/{uai}/erasure',
  rights: { staff: directs },
  params: { uai: Uai },
  answer: z.object({
    running: z.object({ ...Year, /** Not before this day. */ erasedFrom: LocalDate }),
    /** Ended years that are still there, oldest first: `waiting` for their register to be in the archive, or `going` at this moment. */
    ended: z.array(
      z.object({ ...Year, state: z.enum(['waiting', 'going']), /** Last day that is gone. */ erasedUntil: LocalDate.optional() }),
    ),
  }),
  summary: 'When absences, reasons, proofs and remarks of a school year are erased (R131-6), and what an ended year still waits for.',
  example: {
    answer: {
      running: { from: '2026-08-01', until: '2027-07-31', erasedFrom: '2027-09-01' },
      ended: [{ from: '2025-08-01', until: '2026-07-31', state: 'waiting' }],
    },
  },
});
