import * as z from 'zod';
import { Names, Phone, RosterPupil } from '../directory/person.ts';
import {
  belongsTo,
  DeliveryId,
  defineRoute,
  directs,
  EpisodeId,
  Instant,
  isSelf,
  LocalDate,
  MinuteOfDay,
  PersonId,
  runsSchoolLife,
  Uai,
} from '../kernel/index.ts';
import { Browser, BrowserId, Subscription } from './browser.ts';
import { Call, CallId, CallOutcome } from './call.ts';
import { Decision } from './decision.ts';
import { CallReason, Delivery, DeliveryKind, DeliveryState } from './delivery.ts';
import { DAILY_MINUTE, NIGHT, Quiet } from './digest.ts';
import { MessageLanguage } from './language.ts';
import { Notice, NoticeId } from './notice.ts';
import { Ways } from './preferences.ts';
import { ToldLate } from './table.ts';

const rights = { staff: runsSchoolLife } as const;
const day = { uai: Uai, date: LocalDate };

/** What the live list shows of a row. */
export const DeliveryLine = Delivery.pick({
  deliveryId: true,
  pupilId: true,
  episodeId: true,
  guardianId: true,
  kind: true,
  channel: true,
  state: true,
  dueAt: true,
  heldUntil: true,
  sentAt: true,
  resent: true,
  late: true,
  reason: true,
  putOff: true,
}).extend({
  held: z.boolean(),
  /** Absent once the person has left. */
  pupil: Names.optional(),
  guardian: Names.optional(),
});
export type DeliveryLine = z.infer<typeof DeliveryLine>;

/** One household to call about one pupil: whoever answers first closes it. */
export const CallLine = Call.pick({
  date: true,
  callId: true,
  pupilId: true,
  episodeId: true,
  householdId: true,
  openedAt: true,
  outcome: true,
  calledAt: true,
  tries: true,
}).extend({
  pupil: RosterPupil.pick({ familyName: true, givenName: true, classLabel: true }).optional(),
  /** The first is the one to call first. */
  people: z.array(
    z.object({
      guardianId: PersonId,
      guardian: Names.optional(),
      contactFirst: z.boolean(),
      phones: z.array(Phone),
      /** What there is to say. */
      kind: DeliveryKind,
      reason: CallReason,
    }),
  ),
});
export type CallLine = z.infer<typeof CallLine>;

/** An absence that waits for school life to say whether families are told. */
export const UndecidedLine = Decision.pick({ date: true, pupilId: true, episodeId: true, startMinute: true, savedAt: true }).extend({
  pupil: Names.optional(),
});

const pupil = { familyName: 'LEMOINE', givenName: 'Inès' };
const line = {
  deliveryId: 'd_0h2k4m6n8p0q2r4s6t8v0w2x4y-1a3b5c7d9e1f3g5h7j9k1m3n5p',
  pupilId: 'p_0h2k4m6n8p0q2r4s6t8v0w2x4y',
  episodeId: 'e_1h2k4m6n8p0q2r4s6t8v0w2x4y',
  guardianId: 'p_1a3b5c7d9e1f3g5h7j9k1m3n5p',
  kind: 'absence',
  channel: 'email',
  state: 'pending',
  dueAt: '2026-09-15T07:17:00.000Z',
  resent: false,
  late: false,
  held: false,
  pupil,
  guardian: { familyName: 'LEMOINE', givenName: 'Claire' },
} as const;

const callExample = {
  date: '2026-09-15',
  callId: 'call_2h2k4m6n8p0q2r4s6t8v0w2x4y',
  pupilId: line.pupilId,
  episodeId: line.episodeId,
  householdId: '778162',
  openedAt: '2026-09-15T07:07:00.000Z',
  tries: 0,
  pupil: { ...pupil, classLabel: '5e B' },
  people: [
    {
      guardianId: 'p_9a3b5c7d9e1f3g5h7j9k1m3n5p',
      guardian: { familyName: 'BENALI', givenName: 'Nadia' },
      contactFirst: true,
      phones: [{ kind: 'mobile' as const, number: '06 39 98 01 55' }],
      kind: 'absence' as const,
      reason: 'no-address' as const,
    },
  ],
};

export const listDeliveries = defineRoute({
  name: 'notifications.list-deliveries',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/deliveries',
  rights,
  params: day,
  answer: z.object({
    /** The school’s clock, for countdowns. */
    now: Instant,
    paused: z.boolean(),
    deliveries: z.array(DeliveryLine),
    /** Told on this day about an earlier one: what a fault kept from them. */
    late: z.array(ToldLate.pick({ of: true, pupilId: true, episodeId: true }).extend({ pupil: Names.optional() })),
    /** Of any day: roll calls that came in long after their lesson, until somebody says whether families are told. */
    undecided: z.array(UndecidedLine),
    /** Open lines only. */
    calls: z.array(CallLine),
  }),
  summary: 'What families were told and will be told on a day, and whom to call instead.',
  example: {
    answer: {
      now: '2026-09-15T07:12:00.000Z',
      paused: false,
      deliveries: [line],
      late: [],
      undecided: [],
      calls: [callExample],
    },
  },
});

export const listUncalled = defineRoute({
  name: 'notifications.list-uncalled',
  method: 'GET',
  path: '/schools/{uai}/uncalled',
  rights,
  params: { uai: Uai },
  answer: z.object({ calls: z.array(CallLine) }),
  summary: 'Households that nobody has reached of the seven days before today: a bounce of the night is to be called about in the morning.',
  example: { answer: { calls: [callExample] } },
});

const ofDelivery = { ...day, deliveryId: DeliveryId };
const Standing = z.object({ deliveryId: DeliveryId, state: DeliveryState, dueAt: Instant, heldUntil: Instant.optional() });
const standing = { deliveryId: line.deliveryId, dueAt: line.dueAt } as const;

export const holdDelivery = defineRoute({
  name: 'notifications.hold-delivery',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/deliveries/{deliveryId}/hold',
  rights,
  params: ofDelivery,
  answer: Standing,
  failures: ['notifications.already-gone'],
  summary: 'Keeps a message back while someone checks, at most 30 minutes past its time.',
  example: { answer: { ...standing, state: 'held', heldUntil: '2026-09-15T07:47:00.000Z' } },
});

export const releaseDelivery = defineRoute({
  name: 'notifications.release-delivery',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/deliveries/{deliveryId}/release',
  rights,
  params: ofDelivery,
  answer: Standing,
  failures: ['notifications.already-gone'],
  summary: 'Lets a held message go at its time.',
  example: { answer: { ...standing, state: 'pending' } },
});

export const sendNow = defineRoute({
  name: 'notifications.send-now',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/deliveries/{deliveryId}/send',
  rights,
  params: ofDelivery,
  answer: Standing,
  failures: ['notifications.already-gone'],
  summary: 'Sends a message at once, held or not.',
  example: { answer: { ...standing, state: 'pending' } },
});

export const closeCall = defineRoute({
  name: 'notifications.close-call',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/calls/{callId}',
  rights,
  params: { ...day, callId: CallId },
  body: z.strictObject({ outcome: CallOutcome, reachedId: PersonId.optional() }),
  answer: Call.pick({ callId: true, state: true, outcome: true, tries: true }),
  failures: ['notifications.call-closed'],
  summary:
    'Notes a call. Somebody reached, or a message left, closes this household’s line and no other; no answer or a wrong number leaves it open.',
  example: {
    body: { outcome: 'reached' },
    answer: { callId: 'call_2h2k4m6n8p0q2r4s6t8v0w2x4y', state: 'closed', outcome: 'reached', tries: 1 },
  },
});

export const decideTelling = defineRoute({
  name: 'notifications.decide-telling',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/pupils/{pupilId}/episodes/{episodeId}/decision',
  rights,
  params: { ...day, pupilId: PersonId, episodeId: EpisodeId },
  body: z.strictObject({ tell: z.boolean() }),
  answer: Decision.pick({ pupilId: true, episodeId: true, state: true }),
  failures: ['notifications.already-decided'],
  summary: 'Of an absence whose roll call came in long after its lesson: families are told now, or not at all.',
  example: { body: { tell: true }, answer: { pupilId: line.pupilId, episodeId: line.episodeId, state: 'sent' } },
});

export const readReach = defineRoute({
  name: 'notifications.read-reach',
  method: 'GET',
  path: '/schools/{uai}/days/{date}/reach',
  rights: { staff: directs },
  params: day,
  answer: z.object({
    paused: z.boolean(),
    /** Households that no message reached, and nobody by telephone so far. */
    unreached: z.int(),
    /** The same with those reached by telephone since. */
    toCall: z.int(),
    /** Of the same weekday in the four weeks before. */
    usual: z.object({ toCall: z.number(), days: z.int().min(1) }).optional(),
    /** Absences, of any day, of which school life has to say whether families are told. */
    undecided: z.int(),
  }),
  summary: 'How many families a school’s messages did not reach on a day, beside what is usual.',
  example: { answer: { paused: false, unreached: 3, toCall: 7, usual: { toCall: 4.25, days: 4 }, undecided: 0 } },
});

const Pause = z.object({ uai: Uai, paused: z.boolean() });

export const pauseSchool = defineRoute({
  name: 'notifications.pause-school',
  method: 'POST',
  path: '/schools/{uai}/pause',
  rights,
  params: { uai: Uai },
  answer: Pause,
  summary: 'No family of the school is told anything until it is resumed: snow, strike, alert.',
  example: { answer: { uai: '0352072V', paused: true } },
});

export const resumeSchool = defineRoute({
  name: 'notifications.resume-school',
  method: 'POST',
  path: '/schools/{uai}/resume',
  rights,
  params: { uai: Uai },
  answer: Pause,
  summary: 'Messages go again; those that fell due meanwhile go at once, unless they were put right.',
  example: { answer: { uai: '0352072V', paused: false } },
});

/** Whoever may be told of something: families, and pupils of age. */
const told = { guardian: isSelf, pupil: isSelf } as const;
const subscription = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/cL1x0yQ',
  p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
  auth: 'tBHItJI5svbpez7KI4CCXg',
  key: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
} as const;
const browser = { browserId: 'browser_0h2k4m6n8p0q2r4s6t8v0w2x4y', since: '2026-09-01T16:00:00.000Z' } as const;
const ShownBrowser = Browser.pick({ browserId: true, since: true });

export const listBrowsers = defineRoute({
  name: 'notifications.list-browsers',
  method: 'GET',
  path: '/browsers',
  rights: told,
  params: {},
  answer: z.object({ key: z.string(), browsers: z.array(ShownBrowser) }),
  summary: 'One’s own browsers that agreed to be told, and the key with which another one may.',
  example: { answer: { key: subscription.key, browsers: [browser] } },
});

export const addBrowser = defineRoute({
  name: 'notifications.add-browser',
  method: 'POST',
  path: '/browsers',
  rights: told,
  params: {},
  body: Subscription,
  answer: ShownBrowser,
  failures: ['notifications.other-key'],
  summary: 'This browser agrees to be told. The same browser twice is one; of more than ten the oldest gives way.',
  example: { body: subscription, answer: browser },
});

export const removeBrowser = defineRoute({
  name: 'notifications.remove-browser',
  method: 'DELETE',
  path: '/browsers/{browserId}',
  rights: told,
  params: { browserId: BrowserId },
  answer: z.object({ browserId: BrowserId }),
  summary: 'A browser is told nothing any more; one that was not told either is none the less so.',
  example: { answer: { browserId: browser.browserId } },
});

const notice = {
  uai: '0352072V',
  date: '2026-09-15',
  noticeId: 'n_0h2k4m6n8p0q2r4s6t8v0w2x4y',
  pupilId: line.pupilId,
  episodeId: line.episodeId,
  kind: 'absence',
  minute: 540,
  at: '2026-09-15T07:17:02.000Z',
} as const;

export const listNotices = defineRoute({
  name: 'notifications.list-notices',
  method: 'GET',
  path: '/notices',
  rights: told,
  params: {},
  answer: z.object({ notices: z.array(Notice.omit({ personId: true, expiresAt: true })) }),
  summary: 'What one was told at all one’s schools, the latest first, of pupils one still may know of.',
  example: { answer: { notices: [notice] } },
});

export const readNotice = defineRoute({
  name: 'notifications.read-notice',
  method: 'POST',
  path: '/schools/{uai}/days/{date}/notices/{noticeId}/read',
  rights: { guardian: belongsTo, pupil: belongsTo },
  params: { ...day, noticeId: NoticeId },
  answer: Notice.pick({ noticeId: true, readAt: true }),
  summary: 'A message was opened: the mail that waited for it need not go.',
  example: { answer: { noticeId: notice.noticeId, readAt: '2026-09-15T07:19:00.000Z' } },
});

const Chosen = z.object({
  language: MessageLanguage,
  /** Absent for whom no mail of these kinds is sent to: a pupil under 18. */
  ways: Ways.optional(),
  /** When the message of the evening goes at their school. */
  dailyMinute: MinuteOfDay.optional(),
});

export const readPreferences = defineRoute({
  name: 'notifications.read-preferences',
  method: 'GET',
  path: '/preferences',
  rights: told,
  params: {},
  answer: Chosen,
  summary: 'How one wants to be told.',
  example: { answer: { language: 'fr', ways: { remarks: 'daily' }, dailyMinute: DAILY_MINUTE } },
});

export const changePreferences = defineRoute({
  name: 'notifications.change-preferences',
  method: 'PATCH',
  path: '/preferences',
  rights: told,
  params: {},
  body: z.strictObject({ language: MessageLanguage.optional(), ways: Ways.optional() }),
  answer: Chosen,
  summary:
    'The language one is written to in, and how each kind of news goes, at all one’s schools. Being told of an absence, and of what is about the safety of the account, cannot be switched off.',
  example: { body: { ways: { remarks: 'off' } }, answer: { language: 'fr', ways: { remarks: 'off' }, dailyMinute: DAILY_MINUTE } },
});

const Channels = z.object({
  sms: z.boolean(),
  pushMinutes: z.int().min(0).max(30),
  /** When the message of the evening goes, and when what goes at once waits; by the school’s clock. */
  dailyMinute: MinuteOfDay,
  quiet: Quiet,
  /** What text messages would have cost in the last seven days, in euros before tax: a price of the operator’s list, not a bill. */
  smsCost: z.object({ each: z.number(), messages: z.int(), week: z.number() }),
});

export const readChannels = defineRoute({
  name: 'notifications.read-channels',
  method: 'GET',
  path: '/schools/{uai}/channels',
  rights: { staff: directs },
  params: { uai: Uai },
  answer: Channels,
  summary: 'How families are told, and what text messages would cost before they are switched on.',
  example: {
    answer: { sms: false, pushMinutes: 10, dailyMinute: DAILY_MINUTE, quiet: NIGHT, smsCost: { each: 0.08, messages: 14, week: 1.12 } },
  },
});

export const changeChannels = defineRoute({
  name: 'notifications.change-channels',
  method: 'PATCH',
  path: '/schools/{uai}/channels',
  rights: { staff: directs },
  params: { uai: Uai },
  body: Channels.omit({ smsCost: true }).partial().strict(),
  answer: Channels.omit({ smsCost: true }),
  summary:
    'Switches text messages on or off, says how long an unread notification is given before the mail goes, when the message of the evening does, and which hours are quiet: an absence never waits for them.',
  example: { body: { sms: true }, answer: { sms: true, pushMinutes: 10, dailyMinute: DAILY_MINUTE, quiet: NIGHT } },
});
