import { describe, expect, it } from 'vitest';
import { changePreferences } from '../../../functions/notifications/change-preferences.ts';
import { onMailFeedback } from '../../../functions/notifications/on-mail-feedback.ts';
import { readNotice } from '../../../functions/notifications/read-notice.ts';
import { readPreferences } from '../../../functions/notifications/read-preferences.ts';
import { reconcile } from '../../../functions/notifications/reconcile.ts';
import type { Caller } from '../../../shared/kernel/index.ts';
import { noticeId } from '../../../shared/notifications/notice.ts';
import { DATE, EPISODE, FATHER, guardian, MOTHER, PUPIL, schoolDay, UAI } from '../../functions/notifications/school-day.ts';

const ACCOUNT = 'p_claireaccount';

/** Claire has an account; of Paul nobody speaks. */
const withClaire = async (
  more: Parameters<typeof guardian>[2] = {},
  {
    email = 'claire@example.org',
    browsers = ['https://fcm.googleapis.com/fcm/send/one'],
    sms = false,
  }: { email?: string; browsers?: string[]; sms?: boolean } = {},
) => {
  const day = schoolDay();
  day.facts.guardians = [guardian(MOTHER, email === '' ? undefined : email, { accountId: ACCOUNT, ...more })];
  for (const endpoint of browsers)
    await day.ports.notifications.write({
      put: 'browser',
      item: {
        personId: ACCOUNT,
        browserId: day.ports.ids.natural('browser', endpoint),
        endpoint,
        p256dh: 'p'.repeat(87),
        auth: 'a'.repeat(22),
        key: 'k'.repeat(87),
        since: '2026-09-01T10:00:00.000Z',
      },
    });
  await day.ports.notifications.write({ put: 'school', item: { uai: UAI, timeZone: 'Europe/Paris', sms } });
  const reads = () =>
    readNotice(
      {
        params: {
          uai: UAI,
          date: DATE,
          noticeId: noticeId(
            { uai: UAI, date: DATE, pupilId: PUPIL, episodeId: EPISODE, kind: 'absence', guardianId: MOTHER },
            day.ports.ids,
          ),
        },
        caller: { personId: ACCOUNT, door: 'guardian', card: { schools: { [UAI]: { personId: MOTHER } } } } as unknown as Caller,
      },
      day.ports as never,
    );
  return { ...day, reads };
};
type Day = Awaited<ReturnType<typeof withClaire>>;

const later = async (day: Day, time: string) => {
  day.ports.clock.set(`2026-09-15T${time}`);
  await day.work();
};

describe('a notification', () => {
  it('goes first, says no name, and is followed by the mail when nobody opens it', async () => {
    const day = await withClaire();
    await day.told();
    await later(day, '09:17');
    expect(day.ports.push.sent()).toMatchObject([
      {
        title: 'Collège des Tilleuls',
        body: 'Votre enfant n’a pas été vue en cours.',
        path: '/responsable/avis',
        language: 'fr',
        dir: 'ltr',
      },
    ]);
    expect(JSON.stringify(day.ports.push.sent())).not.toMatch(/Inès|LEMOINE|Claire/);
    expect(day.sentTo()).toEqual([]);
    await later(day, '09:27');
    expect(day.sentTo()).toEqual(['claire@example.org']);
    expect(day.states()).toEqual({ [`${MOTHER} absence push`]: 'accepted', [`${MOTHER} absence email`]: 'accepted' });
  });

  it('of a pupil of age is theirs, and opens their own notices', async () => {
    const day = await withClaire();
    day.facts.pupil = { ...day.facts.pupil, adult: true, email: 'ines@example.org', accountId: 'p_inesaccount' };
    day.facts.guardians = [];
    const [browser] = await day.ports.notifications.all('browsers', { personId: ACCOUNT });
    if (browser) await day.ports.notifications.write({ put: 'browser', item: { ...browser, personId: 'p_inesaccount' } });
    await day.told();
    await later(day, '09:17');
    expect(day.ports.push.sent()).toMatchObject([{ path: '/eleve/avis' }]);
    expect(day.sentTo()).toEqual([]);
  });

  it('spares the mail when it was opened', async () => {
    const day = await withClaire();
    await day.told();
    await later(day, '09:17');
    await day.reads();
    await later(day, '09:27');
    expect(day.sentTo()).toEqual([]);
    expect(await day.row(MOTHER)).toMatchObject({ state: 'cancelled', reason: 'read' });
    expect(await day.row(MOTHER, 'absence', 'push')).toMatchObject({ state: 'delivered' });
  });

  it('delays nobody who has no browser', async () => {
    const day = await withClaire({}, { browsers: [] });
    await day.told();
    await later(day, '09:17');
    expect(day.sentTo()).toEqual(['claire@example.org']);
    expect(day.ports.push.sent()).toEqual([]);
  });

  it('hands over to the mail at once when no browser takes it, and forgets the ones that are gone', async () => {
    const day = await withClaire();
    day.ports.push.answers('https://fcm.googleapis.com/fcm/send/one', 'gone');
    await day.told();
    await later(day, '09:17');
    await later(day, '09:17');
    expect(day.sentTo()).toEqual(['claire@example.org']);
    expect(await day.row(MOTHER, 'absence', 'push')).toMatchObject({ state: 'unreachable', reason: 'no-browser' });
    expect(day.ports.notifications.items('browser')).toEqual([]);
    expect(day.lines()).toEqual([]);
  });

  it('reaches the browsers that are there beside one that is gone', async () => {
    const day = await withClaire({}, { browsers: ['https://fcm.googleapis.com/fcm/send/one', 'https://fcm.googleapis.com/fcm/send/two'] });
    day.ports.push.answers('https://fcm.googleapis.com/fcm/send/one', 'gone');
    await day.told();
    await later(day, '09:17');
    expect(day.ports.push.sent().map(({ endpoint }) => endpoint)).toEqual(['https://fcm.googleapis.com/fcm/send/two']);
    expect(day.ports.notifications.items('browser')).toHaveLength(1);
    expect(day.sentTo()).toEqual([]);
  });

  it('is taken back like a mail, to whoever had it', async () => {
    const day = await withClaire();
    await day.told();
    await later(day, '09:17');
    await day.becomes({ state: 'cancelled' });
    await later(day, '09:18');
    expect(day.ports.push.sent().map(({ body }) => body)).toEqual([
      'Votre enfant n’a pas été vue en cours.',
      'Erreur de notre part dans notre message précédent.',
    ]);
    expect(await day.row(MOTHER)).toMatchObject({ state: 'cancelled', reason: 'put-right' });
  });

  it('is planned once, however often its event comes and whatever happened to the browsers meanwhile', async () => {
    const day = await withClaire({}, { browsers: [] });
    await day.told();
    await day.ports.notifications.write({
      put: 'browser',
      item: {
        ...{ personId: ACCOUNT, browserId: 'browser_00000001', endpoint: 'https://fcm.googleapis.com/fcm/send/one' },
        ...{ p256dh: 'p'.repeat(87), auth: 'a'.repeat(22), key: 'k'.repeat(87), since: '2026-09-15T07:10:00.000Z' },
      },
    });
    await day.told();
    expect(day.states()).toEqual({ [`${MOTHER} absence email`]: 'pending' });
  });

  it('whose sending nobody knows of is not sent again: its mail stands beside it', async () => {
    const day = await withClaire();
    await day.told();
    const { ports, idOf } = day;
    const key = { uai: UAI, date: DATE, deliveryId: idOf(MOTHER, 'absence', 'push') };
    const past = '2026-09-15T06:00:00.000Z';
    await ports.notifications.write({
      update: 'delivery',
      key,
      set: { state: 'claimed', fence: 'k_1', leaseUntil: past, wakeAt: past, uai: UAI },
    });
    await reconcile(ports);
    expect(await day.row(MOTHER, 'absence', 'push')).toMatchObject({ state: 'unreachable' });
    expect(day.lines()).toEqual([]);
  });
});

describe('an SMS', () => {
  it('is never sent while the school has not switched it on: a human calls', async () => {
    const day = await withClaire({ acceptsSms: true }, { email: '', browsers: [] });
    await day.told();
    await later(day, '09:17');
    expect(day.ports.sms.sent()).toEqual([]);
    expect(day.lines()).toHaveLength(1);
  });

  it('goes to who has no mail address and accepts it, and nobody has to call', async () => {
    const day = await withClaire({ acceptsSms: true }, { email: '', browsers: [], sms: true });
    await day.told();
    await later(day, '09:17');
    expect(day.ports.sms.sent()).toEqual([
      { to: '+33639980117', text: "Collège des Tilleuls: Inès n'est pas en classe (mar. 9 h). Vie scolaire: 02 61 91 04 12" },
    ]);
    expect(day.lines()).toEqual([]);
    expect(await day.row(MOTHER, 'absence', 'sms')).toMatchObject({ state: 'accepted', messageId: 'sms-1' });
  });

  it('does not go to who refuses text messages', async () => {
    const day = await withClaire({ acceptsSms: false }, { email: '', browsers: [], sms: true });
    await day.told();
    await later(day, '09:17');
    expect(day.ports.sms.sent()).toEqual([]);
    expect(day.lines()).toHaveLength(1);
  });

  it('takes over from a mail that came back, once, before a human does', async () => {
    const day = await withClaire({ acceptsSms: true }, { browsers: [], sms: true });
    await day.told();
    await later(day, '09:17');
    const messageId = 'message-1';
    const said = { kind: 'bounce', permanent: true, messageId } as const;
    await onMailFeedback(said, day.ports);
    await onMailFeedback(said, day.ports);
    for (let turn = 0; turn < 3; turn += 1) await day.work();
    expect(day.ports.sms.sent()).toHaveLength(1);
    expect(day.lines()).toEqual([]);
    expect(day.states()).toEqual({ [`${MOTHER} absence email`]: 'bounced', [`${MOTHER} absence sms`]: 'accepted' });
  });

  it('that the gateway refuses ends on the call list', async () => {
    const day = await withClaire({ acceptsSms: true }, { email: '', browsers: [], sms: true });
    day.ports.sms.refuse(Object.assign(new Error(), { name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } }));
    await day.told();
    await later(day, '09:17');
    expect(await day.row(MOTHER, 'absence', 'sms')).toMatchObject({ state: 'unreachable', reason: 'refused' });
    expect(day.lines()).toHaveLength(1);
  });

  it('goes once to two people who share a telephone', async () => {
    const day = await withClaire({ acceptsSms: true }, { email: '', browsers: [], sms: true });
    day.facts.guardians.push(guardian(FATHER, undefined, { acceptsSms: true }));
    await day.told();
    await later(day, '09:17');
    expect(day.ports.sms.sent()).toHaveLength(1);
    expect(day.states()).toEqual({ [`${MOTHER} absence sms`]: 'accepted', [`${FATHER} absence sms`]: 'accepted' });
  });
});

describe('the language a person chose', () => {
  it('is that of mail, notification and text message, whatever the export said', async () => {
    const day = await withClaire();
    const caller = { personId: ACCOUNT, door: 'guardian', card: { language: 'fr', schools: {} } } as unknown as Caller;
    expect(await readPreferences({ caller }, day.ports)).toMatchObject({ language: 'fr' });
    await changePreferences({ body: { language: 'ar' }, caller }, day.ports);
    expect(await readPreferences({ caller }, day.ports)).toMatchObject({ language: 'ar' });
    await day.told();
    await later(day, '09:17');
    await later(day, '09:27');
    expect(day.ports.push.sent()).toMatchObject([{ language: 'ar', dir: 'rtl', body: 'لم نرَ طفلكم في الدرس.' }]);
    expect(day.ports.mail.sent()).toMatchObject([{ headers: { 'Content-Language': 'ar' } }]);
  });
});

describe('the portal', () => {
  it('holds one item, whichever channels a message went by', async () => {
    const day = await withClaire();
    await day.told();
    await later(day, '09:17');
    await later(day, '09:27');
    expect(day.ports.notifications.items('notice')).toMatchObject([
      { personId: MOTHER, pupilId: PUPIL, kind: 'absence', minute: 540, at: '2026-09-15T07:17:00.000Z' },
    ]);
  });

  it('holds nothing of an absence that was put right before it was due', async () => {
    const day = await withClaire();
    await day.told();
    await day.becomes({ state: 'cancelled' });
    await later(day, '09:27');
    expect(day.ports.notifications.items('notice')).toEqual([]);
  });

  it('tells also who can only be called, at the time the mail would have gone', async () => {
    const day = await withClaire({}, { email: '', browsers: [] });
    await day.told();
    expect(day.ports.notifications.items('notice')).toEqual([]);
    await later(day, '09:17');
    expect(day.ports.notifications.items('notice')).toHaveLength(1);
    expect(day.states()).toEqual({ [`${MOTHER} absence portal`]: 'delivered', [`${MOTHER} absence phone`]: 'unreachable' });
  });

  it('takes back what it alone had told, and nobody has to call about it', async () => {
    const day = await withClaire({}, { email: '', browsers: [] });
    await day.told();
    await later(day, '09:17');
    await day.becomes({ state: 'cancelled' });
    await later(day, '09:20');
    expect(
      day.ports.notifications
        .items('notice')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['absence', 'wrongly-marked']);
    expect(day.lines()).toMatchObject([{ state: 'spared' }]);
  });

  it('is empty for who has no account to read it with', async () => {
    const day = schoolDay();
    await day.told();
    day.dueTime();
    await day.work();
    expect(day.sentTo()).toHaveLength(2);
    expect(day.ports.notifications.items('notice')).toEqual([]);
  });
});
