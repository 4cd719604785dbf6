import { describe, expect, it } from 'vitest';
import { DATE, FATHER, guardian, MOTHER, PUPIL, schoolDay, UAI } from './school-day.ts';

describe('an absence', () => {
  it('puts down one row for each entitled guardian, due when the episode says, and a message held back until then', async () => {
    const { told, states, row, ports } = schoolDay();
    await told();
    expect(states()).toEqual({ [`${MOTHER} absence email`]: 'pending', [`${FATHER} absence email`]: 'pending' });
    expect(await row(MOTHER)).toMatchObject({ dueAt: '2026-09-15T07:17:00.000Z', state: 'pending' });
    expect(ports.urgentQueue.sent().map(({ delay }) => delay)).toEqual([540, 540]);
  });

  it('adds nothing when its event comes again', async () => {
    const { told, ports } = schoolDay();
    await told();
    ports.notifications.forget();
    await told();
    expect(ports.notifications.changes()).toEqual([]);
  });

  it('is one transaction, read back with one query', async () => {
    const { told, ports } = schoolDay();
    await told();
    expect(ports.notifications.consumed().filter(({ kind }) => kind === 'transaction')).toHaveLength(1);
    expect(ports.notifications.consumed().filter(({ kind }) => kind === 'query')).toHaveLength(1);
  });

  it('is not told again to the guardian who announced it, but to the other one', async () => {
    const { facts, told, states } = schoolDay();
    facts.episode.announcedBy = MOTHER;
    await told();
    expect(states()).toEqual({ [`${FATHER} absence email`]: 'pending' });
  });

  it('announced after it was planned leaves only the other guardian to tell', async () => {
    const { told, becomes, states } = schoolDay();
    await told();
    await becomes({ announcedBy: MOTHER });
    expect(states()).toEqual({ [`${MOTHER} absence email`]: 'cancelled', [`${FATHER} absence email`]: 'pending' });
  });

  it('is told to nobody while it is silent, and stops what was to be told', async () => {
    const { facts, told, states, becomes } = schoolDay();
    facts.episode.state = 'silent';
    await told();
    expect(states()).toEqual({});
    await becomes({ state: 'open' });
    await becomes({ state: 'silent' });
    expect(Object.values(states())).toEqual(['cancelled', 'cancelled']);
  });

  it('is told to a pupil of age as well', async () => {
    const { facts, told, states } = schoolDay();
    facts.pupil = { ...facts.pupil, adult: true, email: 'ines@example.org' };
    await told();
    expect(states()[`${PUPIL} absence email`]).toBe('pending');
    expect(Object.keys(states())).toHaveLength(3);
  });

  it('of a school nobody knows is nothing to tell', async () => {
    const { ports } = schoolDay();
    const { onEpisodeChanged } = await import('../../../functions/notifications/on-episode-changed.ts');
    await onEpisodeChanged(
      {
        name: 'attendance.episode-changed',
        payload: { uai: '0000000X', date: DATE, pupilId: PUPIL, episodeId: 'e_unknown01', revision: 1 },
      },
      ports,
    );
    expect(ports.notifications.items()).toEqual([]);
  });
});

describe('a guardian without an address', () => {
  it('is a line on the call list, one for the household', async () => {
    const { facts, told, states, lines } = schoolDay();
    facts.guardians = [guardian(MOTHER, undefined, { householdId: '778162' }), guardian(FATHER, undefined, { householdId: '778162' })];
    await told();
    expect(Object.values(states())).toEqual(['unreachable', 'unreachable']);
    expect(lines()).toMatchObject([{ householdId: '778162', state: 'open', pupilId: PUPIL }]);
  });

  it('and one at another address are two lines', async () => {
    const { facts, told, lines } = schoolDay();
    facts.guardians = [guardian(MOTHER), guardian(FATHER)];
    await told();
    expect(lines()).toHaveLength(2);
  });

  it('is not needed for a child whom nobody may be told of: the line is then about the child', async () => {
    const { facts, told, ports } = schoolDay();
    facts.guardians = [];
    await told();
    expect(ports.notifications.items('delivery')).toMatchObject([{ guardianId: PUPIL, state: 'unreachable', reason: 'nobody-to-tell' }]);
  });

  it('need not be called any more once the pupil is there', async () => {
    const { facts, told, becomes, lines } = schoolDay();
    facts.guardians = [guardian(MOTHER)];
    await told();
    await becomes({ state: 'arrived', seenMinute: 560 });
    expect(lines()).toMatchObject([{ state: 'spared' }]);
  });
});

describe('what happens next', () => {
  it('put right before it is due: nobody hears of it', async () => {
    const { told, becomes, work, sentTo, states, dueTime } = schoolDay();
    await told();
    await becomes({ state: 'cancelled' });
    dueTime();
    await work();
    expect(sentTo()).toEqual([]);
    expect(Object.values(states())).toEqual(['cancelled', 'cancelled']);
  });

  it('put right after they were told: our mistake, to the same people, once', async () => {
    const { told, becomes, work, ports, dueTime } = schoolDay();
    await told();
    dueTime();
    await work();
    await becomes({ state: 'cancelled' });
    await told();
    await work();
    expect(
      ports.mail
        .sent()
        .map(({ to, subject }) => `${to}: ${subject}`)
        .sort(),
    ).toEqual([
      'claire@example.org: Inès n’est pas en classe (mar. 9\u00A0h)',
      'claire@example.org: Rectificatif\u00A0: Inès était en classe (mar. 9\u00A0h)',
      'paul@example.org: Inès n’est pas en classe (mar. 9\u00A0h)',
      'paul@example.org: Rectificatif\u00A0: Inès était en classe (mar. 9\u00A0h)',
    ]);
  });

  it('arrived after they were told: they hear that too, with the hour', async () => {
    const { told, becomes, work, ports, dueTime } = schoolDay();
    await told();
    dueTime();
    await work();
    await becomes({ state: 'arrived', seenMinute: 565 });
    await work();
    expect(ports.mail.sent().at(-1)?.subject).toBe('Inès est arrivée (mar. 9\u00A0h\u00A025)');
    expect(ports.mail.sent()).toHaveLength(4);
  });

  it('the follow-up goes to nobody who lost the right meanwhile', async () => {
    const { facts, told, becomes, work, sentTo, dueTime } = schoolDay();
    await told();
    dueTime();
    await work();
    facts.guardians = facts.guardians.slice(0, 1);
    await becomes({ state: 'cancelled' });
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'claire@example.org', 'paul@example.org']);
  });

  it('a household told by telephone is called again when we were wrong, not written to', async () => {
    const { facts, told, becomes, lines, ports, states } = schoolDay();
    facts.guardians = [guardian(MOTHER)];
    await told();
    const [line] = lines();
    await ports.notifications.write({
      update: 'call',
      key: { uai: UAI, date: DATE, callId: line?.callId ?? '' },
      set: { state: 'closed', outcome: 'reached' },
      when: { present: true },
    });
    await becomes({ state: 'cancelled' });
    expect(states()[`${MOTHER} wrongly-marked phone`]).toBe('unreachable');
    expect(lines()).toMatchObject([{ state: 'open', tries: 0 }]);
  });

  it('wanted again after it was put right, untold: the row goes after all', async () => {
    const { told, becomes, work, sentTo, dueTime } = schoolDay();
    await told();
    await becomes({ state: 'cancelled' });
    await becomes({ state: 'open' });
    dueTime();
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
  });

  it('absent after all, once they were told of a mistake: a human calls, no second mail', async () => {
    const { told, becomes, work, states, sentTo, dueTime } = schoolDay();
    await told();
    dueTime();
    await work();
    await becomes({ state: 'cancelled' });
    await work();
    await becomes({ state: 'open' });
    await work();
    expect(sentTo()).toHaveLength(4);
    expect(states()[`${MOTHER} absence phone`]).toBe('unreachable');
  });

  it('an event older than what is known changes nothing', async () => {
    const { facts, told, becomes, states } = schoolDay();
    await told();
    await becomes({ state: 'cancelled' });
    facts.episode = { ...facts.episode, state: 'open', revision: 1 };
    await told();
    expect(Object.values(states())).toEqual(['cancelled', 'cancelled']);
  });
});
