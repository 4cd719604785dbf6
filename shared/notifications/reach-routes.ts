import * as z from 'zod';
import { Names, Phone, RosterPupil } from '../directory/person.ts';
import { defineRoute, Instant, PersonId, reachesFamilies, TimeZone, Uai } from '../kernel/index.ts';
import { OutOfReach, OutOfReachReason } from './out-of-reach.ts';

export const listOutOfReach = defineRoute({
  name: 'notifications.list-out-of-reach',
  method: 'GET',
  path: '/schools/{uai}/out-of-reach',
  rights: { staff: reachesFamilies },
  params: { uai: Uai },
  answer: z.object({
    now: Instant,
    timeZone: TimeZone,
    households: z.array(
      z.object({
        householdId: z.string(),
        /** Since nobody of it was reached by a message. */
        since: Instant,
        pupils: z.array(RosterPupil.pick({ pupilId: true, familyName: true, givenName: true, classLabel: true })),
        people: z.array(
          Names.extend({
            guardianId: PersonId,
            reason: OutOfReachReason,
            /** Messages that came to nothing; 0: none was tried, there is no address. */
            times: OutOfReach.shape.times,
            email: z.string().optional(),
            phones: z.array(Phone),
          }),
        ),
      }),
    ),
  }),
  summary: 'Households that no message reaches: who, why and since when, those that wait longest first. A voice and a letter still do.',
  example: {
    answer: {
      now: '2026-09-28T07:30:00.000Z',
      timeZone: 'Europe/Paris',
      households: [
        {
          householdId: '778162',
          since: '2026-09-15T07:17:02.000Z',
          pupils: [{ pupilId: 'p_0h2k4m6n8p0q2r4s6t8v0w2x4y', familyName: 'BENALI', givenName: 'Kenza', classLabel: '6e A' }],
          people: [
            {
              guardianId: 'p_9a3b5c7d9e1f3g5h7j9k1m3n5p',
              familyName: 'BENALI',
              givenName: 'Nadia',
              reason: 'bounced',
              times: 3,
              email: 'nadia.benali@example.org',
              phones: [{ kind: 'mobile', number: '06 39 98 01 55' }],
            },
          ],
        },
      ],
    },
  },
});
