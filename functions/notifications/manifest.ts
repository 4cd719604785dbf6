import { episodeChanged, pupilRemarked } from '../../shared/attendance/events.ts';
import { episode, episodesOfDay, familyRemarks, followTimetable } from '../../shared/attendance/questions.ts';
import { guardianLinkChanged, peopleImported, timetableImported } from '../../shared/directory/events.ts';
import { guardiansToTell, people, school } from '../../shared/directory/questions.ts';
import {
  defineContext,
  may,
  mayAsk,
  mayPush,
  maySend,
  maySendMail,
  maySendSms,
  mayUseSecret,
  type PortsOf,
} from '../../shared/kernel/index.ts';
import { askToStop, stopNews } from '../../shared/notifications/digest-routes.ts';
import { listToldLate } from '../../shared/notifications/late-routes.ts';
import { listOutOfReach } from '../../shared/notifications/reach-routes.ts';
import * as routes from '../../shared/notifications/routes.ts';
import { notifications } from '../../shared/notifications/table.ts';

/** Workers at once on each queue (a queue mapping has at least two): what its part of the sending rate is divided by. */
export const WORKERS = 2;

const manifest = defineContext({
  name: 'notifications',
  table: notifications,
  api: {
    routes: {
      listDeliveries: routes.listDeliveries,
      listToldLate,
      listOutOfReach,
      listUncalled: routes.listUncalled,
      holdDelivery: routes.holdDelivery,
      releaseDelivery: routes.releaseDelivery,
      sendNow: routes.sendNow,
      closeCall: routes.closeCall,
      decideTelling: routes.decideTelling,
      readReach: routes.readReach,
      pauseSchool: routes.pauseSchool,
      resumeSchool: routes.resumeSchool,
      listBrowsers: routes.listBrowsers,
      addBrowser: routes.addBrowser,
      removeBrowser: routes.removeBrowser,
      listNotices: routes.listNotices,
      readNotice: routes.readNotice,
      readPreferences: routes.readPreferences,
      changePreferences: routes.changePreferences,
      readChannels: routes.readChannels,
      changeChannels: routes.changeChannels,
      askToStop,
      stopNews,
    },
    grants: [
      may(notifications, 'get', 'query', 'put', 'update', 'delete'),
      mayAsk(people),
      mayAsk(episode),
      mayAsk(guardiansToTell),
      mayAsk(school),
      maySend('urgent'),
      mayPush(),
      mayUseSecret('links'),
    ],
    loses: 'School life sees neither the countdowns nor the call list, and can hold nothing; messages still leave at their time.',
  },
  consumers: {
    'on-episode-changed': {
      on: [episodeChanged],
      grants: [
        may(notifications, 'get', 'query', 'put', 'update'),
        mayAsk(episode),
        mayAsk(guardiansToTell),
        mayAsk(school),
        maySend('urgent'),
      ],
      loses: 'Families are told of an absence, or of its correction, up to 15 minutes late, when reconciliation finds it.',
    },
    'on-guardian-link-changed': {
      on: [guardianLinkChanged],
      grants: [may(notifications, 'get', 'query', 'put', 'update'), mayAsk(episodesOfDay), mayAsk(guardiansToTell), maySend('urgent')],
      loses:
        'A suspended guardian’s messages still show a countdown, though none is sent; a newly entitled one is not told of today’s absence.',
    },
    'on-pupil-remarked': {
      on: [pupilRemarked],
      grants: [may(notifications, 'get', 'put', 'update'), mayAsk(guardiansToTell), mayAsk(school)],
      loses: 'What a teacher noted is missing from the families’ message of the evening; it is read behind sign-in all the same.',
    },
    'on-timetable-imported': {
      on: [timetableImported, peopleImported],
      grants: [may(notifications, 'get', 'update'), mayAsk(school)],
      loses: 'Reconciliation does not visit the school until its first absence: one lost on the very first day stays lost.',
    },
  },
  workers: {
    'send-mail': {
      queue: 'urgent',
      batch: 5,
      concurrency: WORKERS,
      timeout: 30,
      grants: [
        may(notifications, 'get', 'query', 'put', 'update', 'delete'),
        mayAsk(episode),
        mayAsk(guardiansToTell),
        mayAsk(school),
        maySend('urgent'),
        maySendMail(),
        mayPush(),
        maySendSms(),
        mayUseSecret('links'),
      ],
      loses: 'No family is told of an absence by mail; every message waits in the queue.',
    },
    'send-digest': {
      queue: 'bulk',
      batch: 5,
      concurrency: WORKERS,
      timeout: 30,
      grants: [
        may(notifications, 'get', 'query', 'update'),
        mayAsk(familyRemarks),
        mayAsk(guardiansToTell),
        mayAsk(school),
        maySend('bulk'),
        maySendMail(),
        mayUseSecret('links'),
      ],
      loses: 'The message of the evening waits; absences are told all the same.',
    },
  },
  schedules: {
    reconcile: {
      everyMinutes: 15,
      timeout: 30,
      grants: [
        may(notifications, 'get', 'query', 'put', 'update'),
        mayAsk(episodesOfDay),
        mayAsk(followTimetable),
        mayAsk(guardiansToTell),
        maySend('urgent'),
        maySend('bulk'),
      ],
      figure: {
        name: 'mended',
        of: { code: 'ledger.mended', fact: 'acted' },
        says: 'Messages that another hop had lost: each is a family told up to 15 minutes late, later if hops were down longer.',
      },
      loses: 'What another hop lost stays lost: families of absences without a message are not told, doubtful sendings stay doubtful.',
    },
  },
  feedback: {
    'on-mail-feedback': {
      feedback: 'mail',
      grants: [may(notifications, 'get', 'query', 'put', 'update', 'delete'), maySend('urgent')],
      loses: 'A mail that bounced is taken for received: nobody calls the family.',
    },
  },
});

export default manifest;
export type ApiPorts = PortsOf<typeof manifest.api>;
export type EpisodeChangedPorts = PortsOf<(typeof manifest.consumers)['on-episode-changed']>;
export type GuardianLinkChangedPorts = PortsOf<(typeof manifest.consumers)['on-guardian-link-changed']>;
export type PupilRemarkedPorts = PortsOf<(typeof manifest.consumers)['on-pupil-remarked']>;
export type TimetableImportedPorts = PortsOf<(typeof manifest.consumers)['on-timetable-imported']>;
export type SendMailPorts = PortsOf<(typeof manifest.workers)['send-mail']>;
export type SendDigestPorts = PortsOf<(typeof manifest.workers)['send-digest']>;
export type ReconcilePorts = PortsOf<(typeof manifest.schedules)['reconcile']>;
export type MailFeedbackPorts = PortsOf<(typeof manifest.feedback)['on-mail-feedback']>;
