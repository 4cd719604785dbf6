import * as z from 'zod';
import { defineTable, EpisodeId, Instant, LocalDate, MinuteOfDay, PersonId, TimeZone, Uai } from '../kernel/index.ts';
import { Browser } from './browser.ts';
import { Call } from './call.ts';
import { Decision } from './decision.ts';
import { Delivery } from './delivery.ts';
import { Digest, News, Quiet } from './digest.ts';
import { Notice } from './notice.ts';
import { OutOfReach } from './out-of-reach.ts';
import { Preferences } from './preferences.ts';

/** The last revision of an episode that the ledger follows: an older reading is never applied over it. */
export const Followed = z.object({
  uai: Uai,
  date: LocalDate,
  /** Prefix of the delivery ids of the episode's rows. */
  episodeKey: z.string(),
  pupilId: PersonId,
  episodeId: EpisodeId,
  state: z.string(),
  revision: z.int(),
  expiresAt: z.int(),
});
export type Followed = z.infer<typeof Followed>;

/** A school that reconciliation visits, and whether it is paused. */
export const Visited = z.object({
  uai: Uai,
  timeZone: TimeZone,
  paused: z.boolean().default(false),
  pausedBy: PersonId.optional(),
  pausedAt: Instant.optional(),
  /** The end of the last pause. */
  resumedAt: Instant.optional(),
  /** The school’s day on which reconciliation last compared the whole fortnight before. */
  comparedOn: LocalDate.optional(),
  /** Text messages are paid: off until direction switches them on. */
  sms: z.boolean().optional(),
  smsBy: PersonId.optional(),
  smsAt: Instant.optional(),
  /** Minutes an unread notification is given before the mail goes. */
  pushMinutes: z.int().min(0).max(30).optional(),
  /** When the message of the evening goes, by the school’s clock. */
  dailyMinute: MinuteOfDay.optional(),
  /** When what goes at once waits; an absence never does. */
  quiet: Quiet.optional(),
});
export type Visited = z.infer<typeof Visited>;

/** A family that heard of an absence later than was due, by nobody’s decision: the school is to know which, on the day they hear and after. */
export const ToldLate = z.object({
  uai: Uai,
  /** The day on which they are told. */
  date: LocalDate,
  episodeKey: z.string(),
  /** The day of the absence. */
  of: LocalDate,
  /** When the message ought to have gone, and when it went; both civil. */
  dueAt: Instant.optional(),
  at: Instant.optional(),
  pupilId: PersonId,
  episodeId: EpisodeId,
  expiresAt: z.int(),
});
export type ToldLate = z.infer<typeof ToldLate>;

const SCHOOL_YEAR = 'to the end of the school year (R131-6), by TTL';

export const notifications = defineTable({
  name: 'notifications',
  entities: {
    followed: { schema: Followed, pk: '{uai}#{date}', sk: 'told#{episodeKey}', ttl: 'expiresAt', retention: SCHOOL_YEAR },
    delivery: {
      schema: Delivery,
      pk: '{uai}#{date}',
      sk: 'told#{deliveryId}',
      indexes: {
        unsettled: { pk: '{uai}', sk: '{wakeAt}' },
        message: { pk: '{messageId}', sk: '{deliveryId}' },
      },
      ttl: 'expiresAt',
      retention: SCHOOL_YEAR,
    },
    decision: {
      schema: Decision,
      pk: '{uai}#{date}',
      sk: 'told#{episodeKey}#decision',
      indexes: { undecided: { pk: '{uai}', sk: '{openSince}' } },
      ttl: 'expiresAt',
      retention: SCHOOL_YEAR,
    },
    toldLate: { schema: ToldLate, pk: '{uai}#{date}', sk: 'late#{episodeKey}', ttl: 'expiresAt', retention: SCHOOL_YEAR },
    call: {
      schema: Call,
      pk: '{uai}#{date}',
      sk: 'call#{callId}',
      indexes: { uncalled: { pk: '{uai}', sk: '{openSince}' } },
      ttl: 'expiresAt',
      retention: SCHOOL_YEAR,
    },
    outOfReach: { schema: OutOfReach, pk: '{uai}', sk: 'out-of-reach#{guardianId}', ttl: 'expiresAt', retention: SCHOOL_YEAR },
    notice: { schema: Notice, pk: '{uai}#{personId}', sk: 'notice#{date}#{noticeId}', ttl: 'expiresAt', retention: SCHOOL_YEAR },
    browser: {
      schema: Browser,
      pk: '{personId}',
      sk: 'browser#{browserId}',
      retention: 'until the person or the browser takes it back, or its push service says that it is gone',
    },
    digest: {
      schema: Digest,
      pk: '{personId}',
      sk: 'digest#{digestId}',
      indexes: { unsent: { pk: '{uai}', sk: '{openAt}' } },
      ttl: 'expiresAt',
      retention: SCHOOL_YEAR,
    },
    news: { schema: News, pk: '{personId}', sk: 'news#{date}#{newsId}', ttl: 'expiresAt', retention: SCHOOL_YEAR },
    preferences: {
      schema: Preferences,
      pk: '{personId}',
      sk: 'preferences',
      retention: 'as long as the person has an account',
    },
    school: {
      schema: Visited,
      pk: '{uai}',
      sk: 'school',
      indexes: { schools: { pk: 'schools', sk: '{uai}' } },
      retention: 'as long as the school is served; holds no pupil',
    },
  },
  patterns: {
    day: {
      entities: ['followed', 'delivery', 'decision', 'toldLate', 'call'],
      pk: '{uai}#{date}',
      summary: 'Everything told, and to be told by telephone, of a school’s day: the live list, reconciliation.',
    },
    lateOfDay: {
      entities: ['toldLate'],
      pk: '{uai}#{date}',
      sk: 'late#',
      summary: 'Families who heard late, on the day they heard: the list of a fortnight.',
    },
    episode: {
      entities: ['followed', 'delivery', 'decision'],
      pk: '{uai}#{date}',
      sk: 'told#{episodeKey}',
      summary: 'Every row of an episode, read consistently: before planning and before sending.',
    },
    unsettled: {
      entities: ['delivery'],
      index: 'unsettled',
      pk: '{uai}',
      summary: 'Rows not yet settled, by when they have to be looked at: expired claims, doubts, messages that were lost.',
    },
    asleep: {
      entities: ['delivery'],
      index: 'unsettled',
      pk: '{uai}',
      between: ['0', '{now}'],
      summary: 'Unsettled rows whose time to be looked at has come.',
    },
    undecided: {
      entities: ['decision'],
      index: 'undecided',
      pk: '{uai}',
      summary: 'Absences of any day of which school life has to say whether families are told, the oldest first.',
    },
    uncalled: {
      entities: ['call'],
      index: 'uncalled',
      pk: '{uai}',
      between: ['{since}', '9999'],
      summary: 'Households of these last days that nobody has reached yet: a bounce of the night stands on the morning’s list.',
    },
    message: {
      entities: ['delivery'],
      index: 'message',
      pk: '{messageId}',
      summary: 'The rows one mail settled: SES feedback that carries no tag.',
    },
    notices: {
      entities: ['notice'],
      pk: '{uai}#{personId}',
      sk: 'notice#',
      summary: 'What a person was told at a school, by day: their inbox in the portal.',
    },
    browsers: { entities: ['browser'], pk: '{personId}', sk: 'browser#', summary: 'The browsers of a person that agreed to be told.' },
    outOfReach: {
      entities: ['outOfReach'],
      pk: '{uai}',
      sk: 'out-of-reach#',
      summary: 'People whose last message reached them by no channel: the office’s list.',
    },
    news: {
      entities: ['news'],
      pk: '{personId}',
      between: ['news#{since}', 'news#9999'],
      summary: 'What there is, and lately was, to tell a person: read consistently by whoever sends it.',
    },
    unsent: {
      entities: ['digest'],
      index: 'unsent',
      pk: '{uai}',
      between: ['0', '{until}'],
      summary: 'Digests that are due, or whose claim ran out.',
    },
    schools: { entities: ['school'], index: 'schools', pk: 'schools', summary: 'The schools that reconciliation visits.' },
  },
});
