import { onEpisodeChanged } from '../../../functions/notifications/on-episode-changed.ts';
import { sendMail } from '../../../functions/notifications/send-mail.ts';
import type { Episode } from '../../../shared/attendance/episode.ts';
import { episode as episodeQuestion, episodesOfDay, followTimetable } from '../../../shared/attendance/questions.ts';
import { Person } from '../../../shared/directory/person.ts';
import { type GuardianToTell, guardiansToTell, people, school as schoolQuestion } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import type { Caller } from '../../../shared/kernel/index.ts';
import type { Delivery } from '../../../shared/notifications/delivery.ts';
import { deliveryId } from '../../../shared/notifications/keys.ts';
import { DeliveryDue } from '../../../shared/notifications/message.ts';
import { notifications } from '../../../shared/notifications/table.ts';
import {
  answered,
  askDouble,
  basePorts,
  memoryMail,
  memoryPush,
  memoryQueue,
  memorySecret,
  memorySms,
  memoryStore,
} from '../../doubles/index.ts';

export const UAI = '0352072V';
export const DATE = '2026-09-15';
export const PUPIL = 'p_ines0001';
export const EPISODE = 'e_ines0001';
export const MOTHER = 'p_claire01';
export const FATHER = 'p_paul0001';

export const caller = { personId: 'p_cpe00001', door: 'staff' } as Caller;

export const guardian = (personId: string, email?: string, more: Partial<GuardianToTell> = {}): GuardianToTell => ({
  personId,
  familyName: 'LEMOINE',
  givenName: personId === MOTHER ? 'Claire' : 'Paul',
  civility: personId === MOTHER ? 'Mme' : 'M.',
  ...(email !== undefined && { email }),
  phones: [{ kind: 'mobile', number: '06 39 98 01 17' }],
  acceptsSms: false,
  language: 'fr',
  level: 1,
  contactFirst: false,
  householdId: personId,
  ...more,
});

/**
 * Inès was missed at 9 on Tuesday 15 September 2026; the roll call was saved at 9:07, families are told at 9:17. It is 9:08.
 * `facts` is what the other contexts would answer: change it, and the next question tells.
 */
export const schoolDay = () => {
  const facts = {
    /** What attendance finds that it had not followed. */
    timetable: (_uai: string, _date: string): number => 0,
    guardians: [guardian(MOTHER, 'claire@example.org'), guardian(FATHER, 'paul@example.org')],
    pupil: { pupilId: PUPIL, familyName: 'LEMOINE', givenName: 'Inès', sex: 'F' as const, classLabel: '5e B', adult: false } as {
      pupilId: string;
      familyName: string;
      givenName: string;
      sex?: 'F' | 'M';
      adult: boolean;
      email?: string;
      accountId?: string;
    },
    school: School.parse({
      uai: UAI,
      name: 'Collège des Tilleuls',
      schoolLifeEmail: 'vie-scolaire@example.org',
      schoolLifePhone: '02 61 91 04 12',
    }),
    episode: {
      uai: UAI,
      date: DATE,
      pupilId: PUPIL,
      episodeId: EPISODE,
      state: 'open',
      startMinute: 540,
      endMinute: 595,
      subject: 'MATHEMATIQUES',
      savedAt: '2026-09-15T07:07:00.000Z',
      dueAt: '2026-09-15T07:17:00.000Z',
      seenBefore: false,
      revision: 1,
    } as Episode,
  };
  const base = basePorts();
  base.clock.set('2026-09-15T09:08');
  const ports = {
    ...base,
    notifications: memoryStore(notifications),
    urgentQueue: memoryQueue(),
    bulkQueue: memoryQueue(),
    mail: memoryMail(),
    push: memoryPush(),
    sms: memorySms(),
    linksSecret: memorySecret(),
    ask: askDouble(
      answered(episodeQuestion, ({ episodeId }) => (episodeId === facts.episode.episodeId ? facts.episode : null)),
      answered(episodesOfDay, ({ date }) => (date === facts.episode.date ? [facts.episode] : [])),
      answered(followTimetable, ({ uai, date }) => ({ followed: facts.timetable(uai, date) })),
      answered(schoolQuestion, ({ uai }) => (uai === UAI ? facts.school : null)),
      answered(guardiansToTell, ({ pupilIds, guardianIds }) => {
        const guardians = facts.guardians.filter(({ personId }) => guardianIds?.includes(personId) ?? true);
        return pupilIds.includes(PUPIL) ? [{ pupil: facts.pupil, guardians }] : [];
      }),
      answered(people, ({ personIds }) =>
        [...facts.guardians, { ...facts.pupil, personId: PUPIL }]
          .filter(({ personId }) => personIds.includes(personId))
          .map(({ personId, familyName, givenName }) =>
            Person.parse({ uai: UAI, personId, door: 'guardian', familyName, givenName, sortKey: familyName }),
          ),
      ),
    ),
  };
  const idOf = (guardianId: string, kind: Delivery['kind'] = 'absence', channel: Delivery['channel'] = 'email') =>
    deliveryId({ uai: UAI, date: DATE, pupilId: PUPIL, episodeId: EPISODE, kind, guardianId, channel }, ports.ids);
  const told = async () =>
    onEpisodeChanged(
      {
        name: 'attendance.episode-changed',
        payload: { uai: UAI, date: DATE, pupilId: PUPIL, episodeId: EPISODE, revision: facts.episode.revision },
      },
      ports,
    );
  return {
    facts,
    ports,
    idOf,
    /** The episode's event arrives. */
    told,
    /** The episode becomes this, and its event arrives. */
    becomes: async (patch: Partial<Episode>) => {
      facts.episode = { ...facts.episode, ...patch, revision: facts.episode.revision + 1 };
      await told();
    },
    row: async (guardianId: string, kind: Delivery['kind'] = 'absence', channel: Delivery['channel'] = 'email') =>
      ports.notifications.get('delivery', { uai: UAI, date: DATE, deliveryId: idOf(guardianId, kind, channel) }),
    states: () =>
      Object.fromEntries(ports.notifications.items('delivery').map((row) => [`${row.guardianId} ${row.kind} ${row.channel}`, row.state])),
    lines: () => ports.notifications.items('call'),
    /** Works off the queue as it is now, without waiting for delays. */
    work: async () => {
      for (const message of ports.urgentQueue.take()) await sendMail(DeliveryDue.parse(message), ports);
    },
    sentTo: () =>
      ports.mail
        .sent()
        .map(({ to }) => to)
        .sort(),
    dueTime: () => ports.clock.set('2026-09-15T09:17'),
  };
};
