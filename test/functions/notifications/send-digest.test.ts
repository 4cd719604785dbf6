import { describe, expect, it } from 'vitest';
import { changeChannels } from '../../../functions/notifications/change-channels.ts';
import { onMailFeedback } from '../../../functions/notifications/on-mail-feedback.ts';
import { pauseSchool } from '../../../functions/notifications/pause-school.ts';
import { sendDigest } from '../../../functions/notifications/send-digest.ts';
import { digestDue, toDigestTag } from '../../../shared/notifications/digest.ts';
import { ACCOUNT, digestDay, LYCEE } from './digest-day.ts';
import { caller, UAI } from './school-day.ts';

const EVENING = '2026-09-15T18:00';
const throttled = Object.assign(new Error('Maximum sending rate exceeded'), { name: 'Throttling', $metadata: { httpStatusCode: 400 } });

describe('the message of the evening', () => {
  it('is one mail at six, for all children and schools, whatever comes twice', async () => {
    const day = digestDay();
    await day.remarked(UAI, { events: 3 });
    await day.remarked(UAI, { label: 'Encouragement' });
    await day.remarked(LYCEE);
    await day.at('2026-09-15T17:30');
    expect(day.ports.mail.sent()).toEqual([]);
    await day.at(EVENING);
    await day.at('2026-09-15T18:15');
    await day.at('2026-09-15T19:00');
    expect(day.ports.mail.sent()).toHaveLength(1);
    const [mail] = day.ports.mail.sent();
    expect(mail).toMatchObject({ to: 'claire@example.org', fromName: 'Préau', subject: '3 remarques de professeurs' });
    expect(mail?.text).toMatch(/Inès, Collège des Tilleuls[\s\S]*Oubli de matériel[\s\S]*Encouragement[\s\S]*Noa, Lycée Renan/);
    expect(mail?.headers?.['List-Unsubscribe']).toMatch(/^<https:\/\/preau\.example\/api\/public\/notifications\/stops\/[\w.-]+>$/);
    expect(mail?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(day.rows()).toMatchObject([{ personId: ACCOUNT, digestId: '2026-09-15', state: 'accepted', messageId: 'message-1' }]);
    expect(day.rows()[0]?.openAt).toBeUndefined();
  });

  it('is sent for a quarter of an hour before, to leave at its hour', async () => {
    const day = digestDay();
    await day.remarked();
    day.ports.clock.set('2026-09-15T17:50');
    await day.look();
    await day.look();
    expect(day.ports.bulkQueue.sent()).toEqual([{ message: digestDue({ personId: ACCOUNT, digestId: '2026-09-15' }), delay: 600 }]);
    await day.work();
    expect(day.ports.mail.sent()).toEqual([]);
    day.ports.clock.set(EVENING);
    await day.work();
    expect(day.ports.mail.sent()).toHaveLength(1);
  });

  it('keeps the hour that the school set', async () => {
    const day = digestDay();
    await changeChannels({ params: { uai: UAI }, body: { dailyMinute: 1020 }, caller }, day.ports);
    await day.remarked();
    await day.at('2026-09-15T17:00');
    expect(day.ports.mail.sent()).toHaveLength(1);
  });

  it('leaves what comes after it to the next day, and Friday evening to Monday', async () => {
    const day = digestDay();
    await day.remarked();
    await day.at(EVENING);
    const late = await day.remarked();
    await day.heard(late);
    await day.at('2026-09-15T20:00');
    expect(day.ports.mail.sent()).toHaveLength(1);
    await day.at('2026-09-16T18:00');
    expect(day.ports.mail.sent()).toHaveLength(2);
    expect(day.ports.mail.sent()[1]?.subject).toBe('Une remarque de professeur');
    day.ports.clock.set('2026-09-18T19:00');
    await day.remarked();
    expect(day.rows().at(-1)).toMatchObject({ digestId: '2026-09-21' });
  });

  it('says nothing of what the school does not show, what was taken back, or who is no longer told', async () => {
    const hidden = digestDay();
    await hidden.remarked(UAI, { visible: false });
    expect(hidden.rows()).toEqual([]);

    const undone = digestDay();
    const one = await undone.remarked();
    (undone.facts.remarks.get(one) as { shown: boolean }).shown = false;
    await undone.at(EVENING);
    expect(undone.ports.mail.sent()).toEqual([]);
    expect(undone.rows()).toMatchObject([{ state: 'cancelled', reason: 'nothing-left' }]);

    const suspended = digestDay();
    await suspended.remarked();
    await suspended.remarked(LYCEE);
    suspended.facts.families[UAI] = [];
    await suspended.at(EVENING);
    expect(suspended.ports.mail.sent()).toHaveLength(1);
    expect(suspended.ports.mail.sent()[0]).toMatchObject({ fromName: 'Lycée Renan', subject: 'Une remarque de professeur' });
    expect(suspended.ports.mail.sent()[0]?.text).not.toContain('Inès');
  });

  it('waits while a school that it speaks of is paused', async () => {
    const day = digestDay();
    await day.remarked();
    await day.remarked(LYCEE);
    await pauseSchool({ params: { uai: LYCEE }, caller }, day.ports);
    await day.at(EVENING);
    expect(day.ports.mail.sent()).toEqual([]);
    await day.ports.notifications.write({ update: 'school', key: { uai: LYCEE }, set: { paused: false } });
    await day.at('2026-09-15T18:15');
    expect(day.ports.mail.sent()).toHaveLength(1);
  });

  it('comes back after a refusal that passes, and not after one that does not', async () => {
    const day = digestDay();
    await day.remarked();
    day.ports.mail.refuse(throttled);
    await day.at(EVENING);
    expect(day.rows()).toMatchObject([{ state: 'pending', attempts: 1 }]);
    day.ports.mail.refuse(undefined);
    day.ports.clock.move(5_000);
    await day.work();
    expect(day.ports.mail.sent()).toHaveLength(1);

    const refused = digestDay();
    await refused.remarked();
    refused.ports.mail.refuse(Object.assign(new Error('no'), { name: 'MessageRejected', $metadata: { httpStatusCode: 400 } }));
    await refused.at(EVENING);
    expect(refused.rows()).toMatchObject([{ state: 'unreachable', reason: 'refused' }]);
  });

  it('gives way to what was chosen since', async () => {
    const day = digestDay();
    await day.remarked();
    await day.ports.notifications.write({ put: 'preferences', item: { personId: ACCOUNT, ways: { remarks: 'off' }, language: 'ar' } });
    await day.at(EVENING);
    expect(day.ports.mail.sent()).toEqual([]);
    expect(day.rows()).toMatchObject([{ state: 'cancelled', reason: 'off' }]);
  });
});

describe('at once', () => {
  const chosen = async () => {
    const day = digestDay();
    await day.ports.notifications.write({ put: 'preferences', item: { personId: ACCOUNT, ways: { remarks: 'at-once' }, language: 'en' } });
    return day;
  };

  it('is one mail for what is noted within a quarter of an hour, in their language', async () => {
    const day = await chosen();
    await day.remarked();
    day.ports.clock.set('2026-09-15T10:09');
    await day.remarked();
    await day.at('2026-09-15T10:15');
    expect(day.ports.mail.sent()).toMatchObject([{ subject: '2 remarks by teachers' }]);
    await day.remarked();
    await day.at('2026-09-15T10:30');
    expect(day.ports.mail.sent()).toHaveLength(2);
  });

  it('waits for the morning at night, and for Monday at the week-end', async () => {
    const day = await chosen();
    day.ports.clock.set('2026-09-15T21:00');
    await day.remarked();
    await day.at('2026-09-16T06:00');
    expect(day.ports.mail.sent()).toEqual([]);
    await day.at('2026-09-16T07:00');
    expect(day.ports.mail.sent()).toHaveLength(1);
    day.ports.clock.set('2026-09-19T10:00');
    await day.remarked();
    expect(day.rows().at(-1)).toMatchObject({ digestId: '2026-09-21-0420' });
  });
});

describe('what SES says of it', () => {
  it('settles the row, also before our own commit; who complains gets no more', async () => {
    const day = digestDay();
    await day.remarked();
    await day.at(EVENING);
    const row = toDigestTag({ personId: ACCOUNT, digestId: '2026-09-15' });
    await onMailFeedback({ kind: 'delivery', messageId: 'message-1', row }, day.ports);
    expect(day.rows()).toMatchObject([{ state: 'delivered' }]);
    await onMailFeedback({ kind: 'complaint', messageId: 'message-1', row }, day.ports);
    await onMailFeedback({ kind: 'delivery', messageId: 'message-1', row }, day.ports);
    expect(day.rows()).toMatchObject([{ state: 'complained', reason: 'complaint' }]);
    await day.remarked();
    expect(day.rows()).toHaveLength(1);
  });
});

describe('never lost, never twice', () => {
  type Ports = ReturnType<typeof digestDay>['ports'];
  class Crash extends Error {}

  /** Runs an evening in which the worker, or the consumer, dies at its `at`th call of a port: before it is done, or after. */
  const evening = async (at: number, when: 'before' | 'after') => {
    const day = digestDay();
    let calls = 0;
    let crashed = false;
    const gate = async <T>(act: () => Promise<T>): Promise<T> => {
      calls += 1;
      const dies = !crashed && calls === at;
      if (dies && when === 'before') {
        crashed = true;
        throw new Crash();
      }
      const done = await act();
      if (dies) {
        crashed = true;
        throw new Crash();
      }
      return done;
    };
    const store = day.ports.notifications;
    const gated: Ports = {
      ...day.ports,
      ask: ((question: never, input: never) => gate(() => day.ports.ask(question, input))) as never,
      mail: { ...day.ports.mail, send: (message) => gate(() => day.ports.mail.send(message)) },
      bulkQueue: { ...day.ports.bulkQueue, send: (message, delay) => gate(() => day.ports.bulkQueue.send(message, delay)) },
      notifications: {
        ...store,
        get: ((...args: never[]) => gate(() => (store.get as (...all: never[]) => Promise<unknown>)(...args))) as never,
        all: ((...args: never[]) => gate(() => (store.all as (...all: never[]) => Promise<unknown>)(...args))) as never,
        write: ((...args: never[]) => gate(() => (store.write as (...all: never[]) => Promise<void>)(...args))) as never,
      },
    };
    await day.remarked();
    await day.remarked();
    day.ports.clock.set(EVENING);
    await day.look();
    for (const message of day.ports.bulkQueue.take()) {
      // A dead process runs no `catch`: what it would have written afterwards is not written.
      await sendDigest(message as never, gated).catch(() => undefined);
      // The queue gives the message again, to two at once.
      await Promise.all([1, 2].map(() => sendDigest(message as never, day.ports)));
    }
    for (const time of ['18:15', '18:30', '18:45', '19:00', '19:30']) await day.at(`2026-09-15T${time}`);
    return { day, calls, crashed };
  };

  it('sends two remarks in one mail whatever call of the worker fails; a second one only where SES may not have taken the first', async () => {
    const { calls } = await evening(0, 'before');
    expect(calls).toBeGreaterThan(8);
    const found: string[] = [];
    for (let at = 1; at <= calls; at += 1)
      for (const when of ['before', 'after'] as const) {
        const { day, crashed } = await evening(at, when);
        const mails = day.ports.mail.sent();
        const [row] = day.rows();
        if (!crashed) found.push(`${when} ${at}: nothing failed`);
        if (mails.length !== 1 && !(mails.length === 2 && row?.resent))
          found.push(`${when} ${at}: ${mails.length} mails, resent ${row?.resent}`);
        if (row?.state !== 'accepted') found.push(`${when} ${at}: ${row?.state}`);
        for (const { subject } of mails) if (subject !== '2 remarques de professeurs') found.push(`${when} ${at}: ${subject}`);
      }
    expect(found).toEqual([]);
  });

  it('is sent by one of two workers that have it at the same moment, also when it comes back', async () => {
    const day = digestDay();
    await day.remarked();
    day.ports.mail.refuse(throttled);
    await day.at(EVENING);
    day.ports.mail.refuse(undefined);
    day.ports.clock.move(5_000);
    const due = digestDue({ personId: ACCOUNT, digestId: '2026-09-15' });
    await Promise.all([sendDigest(due, day.ports), sendDigest(due, day.ports)]);
    expect(day.ports.mail.sent()).toHaveLength(1);
  });

  it('leaves to the next day what is noted, before its hour, while it is being sent', async () => {
    const day = digestDay();
    await day.remarked();
    day.ports.clock.set(EVENING);
    await day.look();
    const { mail } = day.ports;
    const send: typeof mail.send = async (message) => {
      // The clock of the function that hears of it may be some seconds behind.
      day.ports.clock.move(-5_000);
      await day.remarked();
      day.ports.clock.move(5_000);
      return mail.send(message);
    };
    for (const message of day.ports.bulkQueue.take()) await sendDigest(message as never, { ...day.ports, mail: { ...mail, send } });
    await day.at('2026-09-16T18:00');
    expect(mail.sent().map(({ subject }) => subject)).toEqual(['Une remarque de professeur', 'Une remarque de professeur']);
  });

  it('gives a second doubt up instead of a third mail', async () => {
    const day = digestDay();
    await day.remarked();
    day.ports.mail.refuse(new Error('socket hang up'));
    for (const time of ['18:00', '18:20', '18:40', '19:00', '20:00']) await day.at(`2026-09-15T${time}`);
    expect(day.rows()).toMatchObject([{ state: 'unreachable', reason: 'uncertain', resent: true }]);
  });
});
