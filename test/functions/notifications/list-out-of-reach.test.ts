import { describe, expect, it } from 'vitest';
import { listOutOfReach } from '../../../functions/notifications/list-out-of-reach.ts';
import { onEpisodeChanged } from '../../../functions/notifications/on-episode-changed.ts';
import { onMailFeedback } from '../../../functions/notifications/on-mail-feedback.ts';
import { deliveryId, toTag } from '../../../shared/notifications/keys.ts';
import { listOutOfReach as route } from '../../../shared/notifications/reach-routes.ts';
import { DATE, FATHER, guardian, MOTHER, PUPIL, schoolDay, UAI } from './school-day.ts';

type Day = ReturnType<typeof schoolDay>;
const list = async ({ ports }: Day) => route.answer.parse(await listOutOfReach({ params: { uai: UAI } }, ports)).households;
const who = async (day: Day) =>
  (await list(day)).flatMap(({ people }) => people.map(({ guardianId, reason, times }) => [guardianId, reason, times]));

const BOUNCE = { kind: 'bounce', permanent: true } as const;
const FULL = { kind: 'bounce', permanent: false } as const;
const hear = (
  day: Day,
  guardianId: string,
  said: typeof BOUNCE | typeof FULL | { kind: 'complaint' | 'delivery' },
  message = 'message-1',
) => onMailFeedback({ messageId: message, row: toTag({ uai: UAI, date: DATE, deliveryId: day.idOf(guardianId) }), ...said }, day.ports);

const sent = async () => {
  const day = schoolDay();
  await day.told();
  day.dueTime();
  await day.work();
  return day;
};

/** The same pupil is missed again: another episode, with rows of its own. */
const again = async (day: Day) => {
  const episodeId = `${day.facts.episode.episodeId}x`;
  day.facts.episode = { ...day.facts.episode, episodeId, revision: 1 };
  const payload = { uai: UAI, date: DATE, pupilId: PUPIL, episodeId, revision: 1 };
  await onEpisodeChanged({ name: 'attendance.episode-changed', payload }, day.ports);
  await day.work();
  const id = (guardianId: string) =>
    deliveryId({ uai: UAI, date: DATE, pupilId: PUPIL, episodeId, kind: 'absence', guardianId, channel: 'email' }, day.ports.ids);
  return (guardianId: string, said: typeof BOUNCE | typeof FULL | { kind: 'complaint' | 'delivery' }) =>
    onMailFeedback({ messageId: 'message-9', row: toTag({ uai: UAI, date: DATE, deliveryId: id(guardianId) }), ...said }, day.ports);
};

describe('the households out of reach', () => {
  it('are none as long as messages arrive, and none for a mailbox that was full once', async () => {
    const day = await sent();
    await hear(day, MOTHER, { kind: 'delivery' });
    expect(await list(day)).toEqual([]);
    await hear(day, FATHER, FULL);
    expect(await list(day)).toEqual([]);
  });

  it('are told with who, why, since when and how to call, once an address refuses for good', async () => {
    const day = await sent();
    await hear(day, MOTHER, BOUNCE);
    expect(await list(day)).toEqual([
      {
        householdId: MOTHER,
        since: '2026-09-15T07:17:00.000Z',
        pupils: [{ pupilId: PUPIL, familyName: 'LEMOINE', givenName: 'Inès', classLabel: '5e B' }],
        people: [
          {
            ...{ guardianId: MOTHER, familyName: 'LEMOINE', givenName: 'Claire', reason: 'bounced', times: 1 },
            ...{ email: 'claire@example.org', phones: [{ kind: 'mobile', number: '06 39 98 01 17' }] },
          },
        ],
      },
    ]);
  });

  it('count a word of SES once, however often it comes', async () => {
    const day = await sent();
    for (let times = 0; times < 3; times += 1) await hear(day, MOTHER, BOUNCE);
    expect(await who(day)).toEqual([[MOTHER, 'bounced', 1]]);
  });

  it('stand there at the second full mailbox, and leave when a message arrives', async () => {
    const day = await sent();
    await hear(day, MOTHER, FULL);
    const second = await again(day);
    await second(MOTHER, FULL);
    expect(await who(day)).toEqual([[MOTHER, 'bounced', 2]]);
    await second(MOTHER, { kind: 'delivery' });
    expect(await list(day)).toEqual([]);
    expect(day.ports.notifications.items('outOfReach')).toEqual([]);
  });

  it('say that a message was reported as unwanted, whatever comes after', async () => {
    const day = await sent();
    await hear(day, MOTHER, { kind: 'complaint' });
    const second = await again(day);
    await second(MOTHER, BOUNCE);
    expect(await who(day)).toEqual([[MOTHER, 'complaint', 2]]);
  });

  it('are those without any address as well, from their first absence on', async () => {
    const day = schoolDay();
    day.facts.guardians = [guardian(MOTHER), guardian(FATHER, 'paul@example.org')];
    await day.told();
    await day.told();
    expect(await who(day)).toEqual([[MOTHER, 'no-address', 1]]);
    expect((await list(day))[0]).toMatchObject({ householdId: MOTHER, since: '2026-09-15T07:08:00.000Z' });
  });

  it('are reached when somebody who lives there is', async () => {
    const day = schoolDay();
    const together = { householdId: '778162' };
    day.facts.guardians = [guardian(MOTHER, 'claire@example.org', together), guardian(FATHER, 'paul@example.org', together)];
    await day.told();
    day.dueTime();
    await day.work();
    await hear(day, MOTHER, BOUNCE);
    expect(await list(day)).toEqual([]);
    await hear(day, FATHER, BOUNCE, 'message-2');
    expect(await who(day)).toEqual([
      [MOTHER, 'bounced', 1],
      [FATHER, 'bounced', 1],
    ]);
  });

  it('leave the list with another address, with text messages that reach them, and with the right to be told', async () => {
    const day = await sent();
    await hear(day, MOTHER, BOUNCE);
    expect(await list(day)).toHaveLength(1);
    const [mother, father] = day.facts.guardians as [ReturnType<typeof guardian>, ReturnType<typeof guardian>];
    day.facts.guardians = [{ ...mother, email: 'claire.lemoine@example.org' }, father];
    expect(await list(day)).toEqual([]);
    day.facts.guardians = [{ ...mother, acceptsSms: true }, father];
    expect(await list(day)).toHaveLength(1);
    await day.ports.notifications.write({ update: 'school', key: { uai: UAI }, set: { sms: true } });
    expect(await list(day)).toEqual([]);
    day.facts.guardians = [father];
    expect(await list(day)).toEqual([]);
  });

  it('begin anew with another address that fails', async () => {
    const day = await sent();
    await hear(day, MOTHER, FULL);
    const [mother, father] = day.facts.guardians as [ReturnType<typeof guardian>, ReturnType<typeof guardian>];
    day.facts.guardians = [{ ...mother, email: 'claire.lemoine@example.org' }, father];
    const second = await again(day);
    await second(MOTHER, FULL);
    expect(await list(day)).toEqual([]);
  });
});
