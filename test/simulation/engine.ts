import { decideTelling } from '../../functions/notifications/decide-telling.ts';
import { holdDelivery } from '../../functions/notifications/hold-delivery.ts';
import { onEpisodeChanged } from '../../functions/notifications/on-episode-changed.ts';
import { onGuardianLinkChanged } from '../../functions/notifications/on-guardian-link-changed.ts';
import { onMailFeedback } from '../../functions/notifications/on-mail-feedback.ts';
import { onTimetableImported } from '../../functions/notifications/on-timetable-imported.ts';
import { pauseSchool } from '../../functions/notifications/pause-school.ts';
import { readNotice } from '../../functions/notifications/read-notice.ts';
import { reconcile } from '../../functions/notifications/reconcile.ts';
import { releaseDelivery } from '../../functions/notifications/release-delivery.ts';
import { resumeSchool } from '../../functions/notifications/resume-school.ts';
import { sendMail } from '../../functions/notifications/send-mail.ts';
import { sendNow } from '../../functions/notifications/send-now.ts';
import type { Feedback } from '../../functions/runtime/feedback.ts';
import { natural } from '../../functions/runtime/ids.ts';
import type { Episode } from '../../shared/attendance/episode.ts';
import type { GuardianToTell } from '../../shared/directory/questions.ts';
import { School } from '../../shared/directory/school.ts';
import type { Caller, MailMessage, PushMessage } from '../../shared/kernel/index.ts';
import { DeliveryKind, HOLD_MINUTES } from '../../shared/notifications/delivery.ts';
import { fromTag } from '../../shared/notifications/keys.ts';
import { DeliveryDue } from '../../shared/notifications/message.ts';
import type { Notice } from '../../shared/notifications/notice.ts';
import { notifications } from '../../shared/notifications/table.ts';
import { memorySecret, memoryStore, site } from '../doubles/index.ts';

/**
 * The whole way from an episode to a mail, over the real use cases, on a clock of its own: every call of a port waits at a gate, the seed
 * chooses which goes next and which goes wrong. One seed is one history, and gives the same one again.
 */

export const FAULTS = ['before', 'lost-reply', 'throttle', 'timeout', 'slow', 'crash-before', 'crash-after'] as const;
export type Fault = (typeof FAULTS)[number];

/** Mistakes that the simulation must notice. */
export const PLANTS = [
  'no-fence',
  'accept-before-send',
  'retry-after-accept',
  'no-address-dedup',
  'no-row-dedup',
  'stale-entitlement',
  'stale-episode',
  'no-reconciliation',
  'impatient-reconciliation',
  'never-asks',
] as const;
export type Plant = (typeof PLANTS)[number];

export interface Options {
  readonly seed: number;
  readonly plant?: Plant;
  /** At random, none, or these at the gates of these numbers. */
  readonly faults?: 'random' | 'none' | Readonly<Record<number, Fault>>;
  /** One pupil, two guardians, nothing but the absence: what every single fault is tried on. */
  readonly plain?: boolean;
}

export interface Outcome {
  readonly violations: readonly string[];
  readonly gates: number;
  readonly mails: number;
  readonly resent: number;
  /** Text messages sent, and notifications that spared a mail because somebody opened them. */
  readonly texts: number;
  readonly spared: number;
  /** Absences that school life was asked about: told, not told, and never answered. */
  readonly decided: number;
  readonly undecided: number;
  readonly faults: number;
}

const UAI = '0352072V';
const DATE = '2026-09-15';
const START = Date.parse('2026-09-15T07:05:00.000Z');
const MINUTE = 60_000;
const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/x';
/** Nothing happens or fails after it; what is left to do has to be done by the end. */
const QUIET = START + 70 * MINUTE;
const FUNCTION_TIMEOUT = 30_000;
const VISIBILITY = 180_000;
/** A worker may act on what it read this long ago. */
const STALE = 60_000;

/** mulberry32: small, and its whole state is the seed. */
const randomOf = (seed: number) => {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    chance: (p: number) => next() < p,
    below: (n: number) => Math.floor(next() * n),
    pick: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T,
  };
};

interface Invocation {
  /** The row whose message a worker has. */
  readonly about: string | undefined;
  readonly startedAt: number;
  readonly order: number;
  readonly kind: string;
  dead: boolean;
  crash(): void;
}

interface Waiting {
  readonly invocation: Invocation;
  go(): Promise<void>;
}

interface Sent extends MailMessage {
  readonly messageId: string;
  readonly at: number;
  /** When its row was due as it went: sent again at once later, a row is due later. */
  readonly dueAt: string;
}

const named = (name: string, message = name, status?: number) =>
  Object.assign(new Error(message), { name, ...(status !== undefined && { $metadata: { httpStatusCode: status } }) });

const drained = () => new Promise<void>((resolve) => setImmediate(resolve));

export const simulate = async ({ seed, plant, faults = 'random', plain = false }: Options): Promise<Outcome> => {
  const random = randomOf(seed);
  const end = START + (plain ? 105 : 220) * MINUTE;
  let now = START;
  let gates = 0;
  let struck = 0;
  let count = 0;
  const timers: { at: number; order: number; run(): void }[] = [];
  const waiting: Waiting[] = [];
  const mails: Sent[] = [];
  const texts: { to: string; text: string; messageId: string }[] = [];
  const violations: string[] = [];
  const unexpected: unknown[] = [];
  const store = memoryStore(notifications);
  const clock = { civil: () => new Date(now), system: () => new Date(now) };
  const after = (milliseconds: number, run: () => void) => void timers.push({ at: now + milliseconds, order: count++, run });
  const within = (milliseconds: number) => random.below(milliseconds);

  // --- the facts, with their history -------------------------------------------------------------------------------------------------

  const guardian = (personId: string, email: string | undefined, householdId: string): GuardianToTell => ({
    personId,
    familyName: 'LEMOINE',
    givenName: personId,
    ...(email !== undefined && { email }),
    phones: [{ kind: 'mobile', number: random.pick(['06 39 98 01 55', '06 39 98 01 56']) }],
    acceptsSms: !plain && random.chance(0.5),
    ...(!plain && random.chance(0.4) && { accountId: `${personId}account` }),
    language: random.pick(['fr', 'en']),
    level: 1,
    contactFirst: false,
    householdId,
  });
  const pupils = Array.from({ length: plain ? 1 : 1 + random.below(2) }, (_, p) => {
    const pupilId = `p_0000000${p}`;
    const guardians = Array.from({ length: plain ? 2 : 1 + random.below(3) }, (_, g) => {
      const own = plain
        ? `own${p}${g}@example.org`
        : random.pick([
            `own${p}${g}@example.org`,
            `own${p}${g}@example.org`,
            `shared${p}@example.org`,
            `Shared${p}@example.org`,
            `bounce${p}${g}@example.org`,
            undefined,
          ]);
      const entitled = plain || random.chance(0.9);
      return {
        facts: guardian(`p_guardian${p}${g}`, own, `house${random.below(2)}`),
        entitled,
        since: [{ at: 0, entitled }],
        linkLost: false,
      };
    });
    const saved = START + (plain ? 0 : within(10 * MINUTE));
    // Saved long after its lesson, or at a school that checks each message.
    const asks = plain ? undefined : random.pick([undefined, undefined, undefined, undefined, 'late', 'check'] as const);
    const dueAt = saved + (plain ? 5 * MINUTE : random.pick([0, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE]));
    const episode: Episode = {
      uai: UAI,
      date: DATE,
      pupilId,
      episodeId: `e_0000000${p}`,
      state: 'open',
      startMinute: 540,
      endMinute: 595,
      subject: 'MATHEMATIQUES',
      savedAt: new Date(saved).toISOString(),
      dueAt: new Date(dueAt).toISOString(),
      seenBefore: false,
      ...(asks && { asks }),
      revision: 0,
    };
    return {
      pupilId,
      guardians,
      saved,
      episode,
      states: [] as { at: number; state: Episode['state'] | 'none'; announcedBy?: string | undefined; asks?: Episode['asks'] }[],
    };
  });
  type Pupil = (typeof pupils)[number];
  const pupilOf = (id: string): Pupil => pupils.find(({ pupilId }) => pupilId === id) as Pupil;
  const school = School.parse({ uai: UAI, name: 'Collège des Tilleuls', schoolLifeEmail: 'vs@example.org' });

  if (!plain) {
    await store.write({ put: 'school', item: { uai: UAI, timeZone: 'Europe/Paris', sms: random.chance(0.5) } });
    for (const { facts } of pupils.flatMap(({ guardians }) => guardians))
      if (facts.accountId !== undefined && random.chance(0.7))
        await store.write({
          put: 'browser',
          item: {
            ...{ personId: facts.accountId, browserId: `browser_${facts.personId}`.replaceAll('_p_', '_'), endpoint: ENDPOINT },
            ...{ p256dh: 'p'.repeat(87), auth: 'a'.repeat(22), key: 'k'.repeat(87), since: new Date(START).toISOString() },
          },
        });
  }

  // --- gates and faults --------------------------------------------------------------------------------------------------------------

  const faultAt = (number: number): Fault | undefined => {
    if (faults === 'none') return undefined;
    if (faults !== 'random') return faults[number];
    return now < QUIET && random.chance(0.06) ? random.pick(FAULTS) : undefined;
  };

  const gate = <T>(invocation: Invocation, port: string, effect: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const go = async (): Promise<void> => {
        if (invocation.dead) return;
        if (now - invocation.startedAt > FUNCTION_TIMEOUT) return invocation.crash();
        const fault = faultAt(gates++);
        if (fault) struck += 1;
        const mail = port === 'mail' || port === 'sms';
        switch (fault) {
          case 'before':
            return reject(named('ConnectionRefused'));
          case 'throttle':
            return reject(
              mail ? named('Throttling', 'Maximum sending rate exceeded.', 400) : named('ThrottlingException', 'slow down', 400),
            );
          case 'timeout':
            now += 3000;
            return reject(named('TimeoutError'));
          case 'crash-before':
            return invocation.crash();
          case 'slow':
            now += 1000 + within(28_000);
            break;
        }
        try {
          const value = await effect();
          if (fault === 'lost-reply') reject(named('TimeoutError'));
          else if (fault === 'crash-after') invocation.crash();
          else resolve(value);
        } catch (error) {
          reject(error);
        }
      };
      waiting.push({ invocation, go });
    });

  const invoke = (
    kind: string,
    body: (ports: ReturnType<typeof portsOf>) => Promise<unknown>,
    done: (ok: boolean) => void,
    about?: string,
  ) => {
    let finished = false;
    const finish = (ok: boolean) => {
      if (finished) return;
      finished = true;
      done(ok);
    };
    const invocation: Invocation = {
      about,
      startedAt: now,
      order: count++,
      kind,
      dead: false,
      crash() {
        invocation.dead = true;
        finish(false);
      },
    };
    body(portsOf(invocation)).then(
      () => invocation.dead || finish(true),
      (error: unknown) => {
        if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) unexpected.push(error);
        if (!invocation.dead) finish(false);
      },
    );
  };

  /** An asynchronous invocation: tried three times, then only reconciliation knows. */
  const attempt = (kind: string, body: Parameters<typeof invoke>[1], lost: () => void = () => {}, tries = 1): void =>
    invoke(kind, body, (ok) => {
      if (ok) return;
      if (tries === 3) lost();
      else after(tries * MINUTE, () => attempt(kind, body, lost, tries + 1));
    });

  // --- ports -------------------------------------------------------------------------------------------------------------------------

  const frozen = new Map<string, unknown>();
  const stale = new Map<string, unknown>();
  const index = new Set(['asleep', 'unsettled', 'message', 'undecided', 'uncalled']);

  const portsOf = (invocation: Invocation) => {
    const through = <T>(port: string, effect: () => Promise<T>) => gate(invocation, port, effect);
    const seen = (episode: Episode): Episode => {
      const { asks, ...rest } = structuredClone(episode);
      return asks === undefined || plant === 'never-asks' ? rest : { ...rest, asks };
    };
    const answerTo = (question: string, input: Record<string, unknown>): unknown => {
      switch (question) {
        case 'attendance.episode': {
          const one = pupilOf(String(input.pupilId)).episode;
          return one.revision === 0 ? null : seen(one);
        }
        case 'attendance.episodes-of-day':
          return input.date === DATE ? pupils.map(({ episode }) => seen(episode)).filter(({ revision }) => revision > 0) : [];
        case 'directory.guardians-to-tell':
          return (input.pupilIds as string[]).map((id) => ({
            pupil: { pupilId: id, familyName: 'LEMOINE', givenName: 'Inès', adult: false },
            guardians: structuredClone(
              pupilOf(id)
                .guardians.filter(({ entitled }) => entitled)
                .map(({ facts }) => facts),
            ),
          }));
        case 'directory.school':
          return school;
        case 'attendance.follow-timetable':
          return { followed: 0 };
        default:
          throw new RangeError(`nobody answers ${question}`);
      }
    };
    const ask = async ({ name }: { name: string }, input: Record<string, unknown>) =>
      through('ask', async () => {
        const key = `${name}${JSON.stringify(input)}`;
        const planted =
          (plant === 'stale-entitlement' && name === 'directory.guardians-to-tell') ||
          (plant === 'stale-episode' && name === 'attendance.episode');
        if (planted && invocation.kind === 'send-mail' && frozen.has(key)) return structuredClone(frozen.get(key));
        const answer = answerTo(name, input);
        if (!frozen.has(key)) frozen.set(key, structuredClone(answer));
        return answer;
      });

    type Loose = { set?: { state?: string }; update?: string; when?: unknown };
    const sabotaged = (writes: Loose[]): Loose[] =>
      plant === 'no-fence'
        ? writes.map((write) =>
            write.update === 'delivery' && write.set?.state === 'claimed' ? { ...write, when: { present: true } } : write,
          )
        : writes;
    type Stored = { deliveryId?: string; kind?: string };
    const kindOf = (id: string | undefined) => store.items('delivery').find(({ deliveryId }) => deliveryId === id)?.kind;
    const read = store as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const gated = (method: string) =>
      [
        method,
        (...given: unknown[]) =>
          through('store', async () => {
            if (method === 'write') return read.write?.(...sabotaged(given as Loose[]));
            const found = await read[method]?.(...given);
            if (plant === 'no-address-dedup' && invocation.about !== undefined && given[0] === 'episode')
              return (found as Stored[]).filter(
                ({ deliveryId, kind }) => deliveryId === invocation.about || kind !== kindOf(invocation.about),
              );
            if (!index.has(String(given[0]))) return found;
            // An index follows its table at some distance.
            const key = `${given[0]}`;
            const before = stale.get(key);
            stale.set(key, found);
            return before !== undefined && faults === 'random' && now < QUIET && random.chance(0.2) ? structuredClone(before) : found;
          }),
      ] as const;

    const accepted = (message: MailMessage): { messageId: string } => {
      const messageId = `mail${mails.length + 1}`;
      mails.push({ ...message, messageId, at: now, dueAt: dueAtOf(message) });
      speak(message, messageId);
      return { messageId };
    };
    const mail = {
      rate: async () => 14,
      send: async (message: MailMessage) => {
        if (plant === 'accept-before-send') {
          // The answer comes first, the sending after: a crash in between loses it.
          const messageId = `early${count++}`;
          void through('mail', async () => {
            mails.push({ ...message, messageId, at: now, dueAt: dueAtOf(message) });
            speak(message, messageId);
          }).catch(() => {});
          return { messageId };
        }
        const send = () => through('mail', async () => accepted(message));
        if (plant !== 'retry-after-accept') return send();
        return send().catch(send);
      },
    };

    return {
      clock,
      ids: {
        next: (prefix: string) => `${prefix}_${String(++count).padStart(8, '0')}`,
        natural: (prefix: string, ...parts: readonly (string | number)[]) => {
          // Per invocation: within one, an id still equals itself.
          const salted = plant === 'no-row-dedup' && prefix === 'd' && parts.length === 3;
          return natural(prefix, ...parts, ...(salted ? [invocation.order] : []));
        },
        secret: () => 'secret',
      },
      log: { info() {}, warn() {} },
      site,
      notifications: Object.fromEntries(['get', 'getMany', 'query', 'all', 'write'].map(gated)),
      ask,
      urgentQueue: { send: (message: unknown, delay = 0) => through('queue', async () => queued(message, delay)) },
      mail,
      push: {
        key: async () => 'key',
        send: (_: unknown, message: PushMessage) =>
          through('push', async () => {
            const outcome = random.pick(['accepted', 'accepted', 'accepted', 'gone', 'later', 'refused'] as const);
            const [opened] = outcome === 'accepted' ? store.items('notice').filter(({ noticeId }) => noticeId === message.tag) : [];
            if (opened && random.chance(0.5)) after(within(20 * MINUTE), () => open(opened));
            return outcome;
          }),
      },
      sms: {
        send: (to: string, text: string) =>
          through('sms', async () => {
            const messageId = `sms${texts.length + 1}`;
            texts.push({ to, text, messageId });
            return { messageId };
          }),
      },
      linksSecret: memorySecret(),
      // biome-ignore lint/suspicious/noExplicitAny: one object stands for the ports of every entry; each use case is typed by its own manifest
    } as any;
  };

  // --- the hops ----------------------------------------------------------------------------------------------------------------------

  const queued = (message: unknown, delay: number): void => {
    if (delay < 0 || delay > 900) unexpected.push(new RangeError(`a delay of ${delay} s`));
    const body = DeliveryDue.parse(JSON.parse(JSON.stringify(message)));
    const receive = (times: number): void =>
      invoke(
        'send-mail',
        (ports) => sendMail(body, ports),
        (ok) => {
          if (!ok && times < 5) after(VISIBILITY, () => receive(times + 1));
          if (ok && !plain && now < QUIET && random.chance(0.1)) after(within(5 * MINUTE), () => receive(times));
        },
        body.deliveryId,
      );
    const arrival = delay * 1000 + within(2000);
    after(arrival, () => receive(1));
    // At least once, says the queue: now and then two workers have the same message at the same time.
    if (faults === 'random' && now < QUIET && random.chance(0.2)) after(arrival + within(60), () => receive(1));
  };

  const emit = (pupil: Pupil): void => {
    const { pupilId, episode } = pupil;
    const payload = { uai: UAI, date: DATE, pupilId, episodeId: episode.episodeId, revision: episode.revision };
    const tell = () => attempt('on-episode-changed', (ports) => onEpisodeChanged({ name: 'attendance.episode-changed', payload }, ports));
    if (faults === 'random' && random.chance(0.1)) return;
    const arrival = plain ? 500 : random.pick([within(1000), within(1000), within(5 * MINUTE)]);
    after(arrival, tell);
    // A replayed batch: at once, or long after what followed.
    if (faults === 'random' && random.chance(0.4)) after(arrival + random.pick([within(20), within(10 * MINUTE)]), tell);
  };

  const dueAtOf = ({ tag }: MailMessage): string =>
    store.items('delivery').find(({ deliveryId }) => deliveryId === fromTag(tag)?.deliveryId)?.dueAt ?? '';
  const speak = (message: MailMessage, messageId: string): void => {
    const kinds: Feedback['kind'][] = message.to.startsWith('bounce')
      ? random.pick([['bounce'], ['delivery', 'bounce'], ['complaint']])
      : random.pick([['delivery'], ['delivery'], ['delivery', 'delivery'], []]);
    for (const kind of kinds) {
      const tag = random.chance(0.6) ? { row: message.tag } : {};
      const said = (kind === 'bounce' ? { kind, messageId, permanent: true, ...tag } : { kind, messageId, ...tag }) as Feedback;
      after(random.pick([0, within(1000), within(10 * MINUTE)]), () => attempt('on-mail-feedback', (ports) => onMailFeedback(said, ports)));
    }
  };

  const linkChanged = (pupil: Pupil, who: Pupil['guardians'][number]): void => {
    const payload = { uai: UAI, pupilId: pupil.pupilId, guardianId: who.facts.personId, revision: 1 };
    after(within(2000), () =>
      attempt(
        'on-guardian-link-changed',
        (ports) => onGuardianLinkChanged({ name: 'directory.guardian-link-changed', payload }, ports),
        () => {
          who.linkLost = true;
        },
      ),
    );
  };

  // --- what happens ------------------------------------------------------------------------------------------------------------------

  const change = (pupil: Pupil, patch: Partial<Episode>): void => {
    pupil.episode = { ...pupil.episode, ...patch, revision: pupil.episode.revision + 1 };
    pupil.states.push({ at: now, state: pupil.episode.state, announcedBy: pupil.episode.announcedBy, asks: pupil.episode.asks });
    emit(pupil);
  };
  const caller = { personId: 'p_cpe00001' } as Caller;
  const pressed = new Set<string>();
  const anyRow = () => {
    const rows = store.items('delivery');
    return rows.length === 0 ? undefined : random.pick(rows);
  };
  const press = (key: (params: { uai: string; date: string; deliveryId: string }, ports: never) => Promise<unknown>) => {
    const row = anyRow();
    if (row) pressed.add(row.deliveryId);
    if (row)
      invoke(
        'api',
        (ports) => key({ uai: UAI, date: DATE, deliveryId: row.deliveryId }, ports as never),
        () => {},
      );
  };
  /** The notification is opened: the portal says so. */
  const open = ({ date, noticeId, personId }: Pick<Notice, 'date' | 'noticeId' | 'personId'>): void => {
    const reader = { personId: 'p_reader01', card: { schools: { [UAI]: { personId } } } } as unknown as Caller;
    invoke(
      'api',
      (ports) => readNotice({ params: { uai: UAI, date, noticeId }, caller: reader }, ports),
      () => {},
    );
  };
  /** School life says whether a family is told, and presses again as long as it is asked. */
  const decide = ({ pupilId, episode: { episodeId } }: Pupil): void =>
    invoke(
      'api',
      (ports) => decideTelling({ params: { uai: UAI, date: DATE, pupilId, episodeId }, body: { tell: random.chance(0.6) }, caller }, ports),
      () => {
        const stands = store.items('decision').find((one) => one.pupilId === pupilId)?.state;
        if (stands === undefined || stands === 'open') after(5 * MINUTE, () => decide(pupilOf(pupilId)));
      },
    );
  const setPaused = (paused: boolean): void =>
    attempt(
      'api',
      (ports) => (paused ? pauseSchool : resumeSchool)({ params: { uai: UAI }, caller }, ports),
      () => setPaused(paused),
    );

  attempt('on-timetable-imported', (ports) =>
    onTimetableImported({ name: 'directory.timetable-imported', payload: { uai: UAI, importId: 'i_00000001', revision: 1 } }, ports),
  );
  for (const pupil of pupils) {
    after(pupil.saved - START, () => change(pupil, {}));
    if (plain) continue;
    for (let left = random.below(3); left > 0; left -= 1) {
      after(pupil.saved - START + within(40 * MINUTE), () => {
        const next = random.pick([
          'open',
          'cancelled',
          'not-held',
          'not-absent',
          'arrived',
          'arrived',
          'silent',
          'ended',
          'announced',
        ] as const);
        if (pupil.episode.revision === 0) return;
        if (next === 'announced') change(pupil, { announcedBy: random.pick(pupil.guardians).facts.personId });
        else change(pupil, { state: next, ...(next === 'arrived' && { seenMinute: 560 }) });
      });
    }
    for (const one of pupil.guardians) {
      if (random.chance(0.25)) {
        const entitle = (entitled: boolean) => () => {
          if (one.entitled === entitled) return;
          one.entitled = entitled;
          one.since.push({ at: now, entitled });
          linkChanged(pupil, one);
        };
        after(within(30 * MINUTE), entitle(false));
        if (random.chance(0.5)) after(30 * MINUTE + within(20 * MINUTE), entitle(true));
      }
      if (random.chance(0.15))
        after(within(40 * MINUTE), () => {
          const { email: _, ...rest } = one.facts;
          const moved = random.pick([`moved${one.facts.personId}@example.org`, `shared${pupil.pupilId.slice(-1)}@example.org`, undefined]);
          one.facts = { ...rest, ...(moved !== undefined && { email: moved }) };
        });
    }
    if (pupil.episode.asks === 'late') {
      if (random.chance(0.8)) after(pupil.saved - START + within(30 * MINUTE), () => decide(pupil));
      // A further lesson recorded in time: told as ever.
      if (random.chance(0.2))
        after(pupil.saved - START + within(40 * MINUTE), () => {
          if (pupil.episode.revision === 0) return;
          const { asks: _, ...told } = pupil.episode;
          pupil.episode = { ...told, dueAt: new Date(now + 5 * MINUTE).toISOString() };
          change(pupil, {});
        });
    }
    if (random.chance(0.3)) after(within(30 * MINUTE), () => press((params, ports) => holdDelivery({ params }, ports)));
    if (random.chance(0.2)) after(within(40 * MINUTE), () => press((params, ports) => releaseDelivery({ params }, ports)));
    if (random.chance(0.2)) after(within(40 * MINUTE), () => press((params, ports) => sendNow({ params }, ports)));
  }
  if (!plain && random.chance(0.15)) {
    after(within(20 * MINUTE), () => setPaused(true));
    after(20 * MINUTE + within(30 * MINUTE), () => setPaused(false));
  }
  const every = 15 * MINUTE;
  if (plant !== 'no-reconciliation')
    for (let at = within(every); START + at < end; at += every)
      after(at, () =>
        invoke(
          'reconcile',
          (ports) =>
            reconcile(
              plant === 'impatient-reconciliation' ? { ...ports, clock: { ...clock, system: () => new Date(now + 20 * MINUTE) } } : ports,
            ),
          () => {},
        ),
      );

  // --- the run -----------------------------------------------------------------------------------------------------------------------

  while (now < end) {
    await drained();
    timers.sort((a, b) => a.at - b.at || a.order - b.order);
    const next = timers[0];
    if (next && next.at <= now) {
      timers.shift();
      next.run();
    } else if (waiting.length > 0) {
      const [chosen] = waiting.splice(random.below(waiting.length), 1);
      now += random.below(20);
      await chosen?.go();
    } else if (next) now = next.at;
    else break;
  }

  // --- the promises ------------------------------------------------------------------------------------------------------------------

  const rows = store.items('delivery');
  const rowOf = new Map(rows.map((row) => [row.deliveryId, row]));
  const say = (text: string) => void violations.push(text);
  for (const error of unexpected) say(`a use case broke: ${String(error)}`);

  /** Values a history had at any time of the minute before. */
  const lately = <T extends { at: number }>(history: readonly T[], at: number): T[] =>
    history.filter((one, place) => one.at <= at && (history[place + 1]?.at ?? Number.POSITIVE_INFINITY) >= at - STALE);

  for (const mail of mails) {
    const row = rowOf.get(fromTag(mail.tag)?.deliveryId ?? '');
    if (!row) {
      say(`${mail.messageId} has no row`);
      continue;
    }
    const pupil = pupilOf(row.pupilId);
    const who = pupil.guardians.find(({ facts }) => facts.personId === row.guardianId);
    if (!who || !lately(who.since, mail.at).some(({ entitled }) => entitled))
      say(`${mail.messageId} went to someone not entitled: ${row.guardianId}`);
    const wanted = {
      absence: ['open', 'ended'],
      arrived: ['arrived'],
      'wrongly-marked': ['cancelled'],
      'not-held': ['not-held'],
      'not-absent': ['not-absent'],
    }[row.kind];
    if (
      !lately(pupil.states, mail.at).some(
        ({ state, announcedBy }) => wanted.includes(state) && (row.kind !== 'absence' || announcedBy !== row.guardianId),
      )
    )
      say(`${mail.messageId} said ${row.kind}, which was not so`);
    const asked = lately(pupil.states, mail.at);
    const { decidedAt, state: answer } = store.items('decision').find(({ pupilId }) => pupilId === row.pupilId) ?? {};
    if (
      row.kind === 'absence' &&
      asked.every(({ asks }) => asks === 'late') &&
      (answer !== 'sent' || Date.parse(decidedAt ?? '') > mail.at)
    )
      say(`${mail.messageId} went though nobody had decided that it should`);
    const checkedUntil = Date.parse(pupil.episode.dueAt) + HOLD_MINUTES * MINUTE;
    if (row.kind === 'absence' && pupil.episode.asks === 'check' && !pressed.has(row.deliveryId) && mail.at < checkedUntil)
      say(`${mail.messageId} went before anybody had checked it`);
    if (Date.parse(mail.dueAt) > mail.at) say(`${mail.messageId} went before it was due`);
    if (row.kind !== 'absence') {
      const first = rows.filter((one) => one.kind === 'absence' && one.guardianId === row.guardianId && one.pupilId === row.pupilId);
      const told = mails.some(
        ({ at, tag, messageId }) =>
          at <= mail.at && first.some((one) => one.deliveryId === fromTag(tag)?.deliveryId || one.messageId === messageId),
      );
      const otherwise = first.some((one) => one.channel !== 'email' && (one.sentAt !== undefined || one.reason === 'uncertain'));
      if (!told && !otherwise && !first.some(({ resent }) => resent))
        say(`${mail.messageId} takes back what ${row.guardianId} was never told`);
    }
  }
  const each = Map.groupBy(rows, ({ pupilId, kind, guardianId, channel }) => `${pupilId} ${kind} ${guardianId} ${channel}`);
  for (const [what, same] of each) if (same.length > 1) say(`${what} is ${same.length} rows`);
  for (const [to, same] of Map.groupBy(texts, (one) => `${one.to}: ${one.text}`)) {
    const doubts = rows.filter(({ channel, reason }) => channel === 'sms' && reason === 'uncertain').length;
    if (same.length > 1 + doubts && pupils.length === 1) say(`${to} came ${same.length} times`);
  }
  const again = (deliveries: typeof rows) => (deliveries.some(({ resent }) => resent) ? 2 : 1);
  for (const row of rows) {
    const sent = mails.filter((mail) => fromTag(mail.tag)?.deliveryId === row.deliveryId);
    if (sent.length > again([row])) say(`${row.deliveryId} was sent ${sent.length} times, resent: ${row.resent}`);
    const [first, second] = sent;
    // A doubt is no licence: SES has a quarter of an hour to say that it has the mail.
    if (first && second && second.at - first.at < 15 * MINUTE) say(`${row.deliveryId} was sent again after ${second.at - first.at} ms`);
    const stands = row.state === 'accepted' || row.state === 'delivered';
    if (stands && row.channel === 'sms' && !texts.some(({ messageId }) => messageId === row.messageId))
      say(`${row.deliveryId} is ${row.state}, but no text message was sent`);
    if (stands && row.channel === 'email') {
      const mail = mails.find(({ messageId }) => messageId === row.messageId);
      if (!mail) say(`${row.deliveryId} is ${row.state}, but no mail was sent`);
    }
    if (['pending', 'held', 'claimed', 'ambiguous'].includes(row.state)) say(`${row.deliveryId} is still ${row.state} at the end`);
    const beside = rows.some(
      (one) => one.channel === 'sms' && one.guardianId === row.guardianId && one.kind === row.kind && one.pupilId === row.pupilId,
    );
    // A notification has its mail beside it, and what came back may have given way to a text message.
    const passedOn = row.channel === 'push' || row.channel === 'portal' || (row.channel === 'email' && beside);
    if (['unreachable', 'bounced', 'complained'].includes(row.state) && !passedOn) {
      const line = store.items('call').find(({ callId }) => callId === row.callId);
      if (!line) say(`${row.deliveryId} is ${row.state} and on no call list`);
    }
  }
  for (const { pupilId } of pupils)
    for (const kind of DeliveryKind.options) {
      const of = rows.filter((row) => row.pupilId === pupilId && row.kind === kind);
      const byAddress = Map.groupBy(
        mails.filter((mail) => of.some(({ deliveryId }) => deliveryId === fromTag(mail.tag)?.deliveryId)),
        ({ to }) => to.toLowerCase(),
      );
      for (const [to, sent] of byAddress) if (sent.length > again(of)) say(`${to} had ${sent.length} mails of ${kind} about ${pupilId}`);
    }

  for (const { pupilId, state, openSince } of store.items('decision'))
    if ((state === 'open') !== (openSince !== undefined)) say(`the decision about ${pupilId} is ${state}, yet its list says otherwise`);

  for (const { pupilId, state, openSince } of store.items('call'))
    if ((state === 'open') !== (openSince !== undefined)) say(`the call about ${pupilId} is ${state}, yet its list says otherwise`);

  for (const pupil of pupils) {
    const { state, announcedBy } = pupil.episode;
    const of = rows.filter(({ pupilId }) => pupilId === pupil.pupilId);
    const settled = (kind: string, guardianId: string) =>
      of.some((row) => row.kind === kind && row.guardianId === guardianId && row.state !== 'cancelled');
    for (const { entitled, since, linkLost, facts } of pupil.guardians) {
      const id = facts.personId;
      if (!entitled || linkLost) continue;
      // On the list of what is to be decided, or somebody said no: nothing is lost.
      const decision = store.items('decision').find(({ pupilId }) => pupilId === pupil.pupilId)?.state;
      const waits = pupil.episode.asks === 'late' && (decision === 'open' || decision === 'kept');
      if ((state === 'open' || state === 'ended') && id !== announcedBy && !waits && !settled('absence', id))
        say(`${id} was never told that ${pupil.pupilId} is absent`);
      const followUp = { arrived: 'arrived', cancelled: 'wrongly-marked', 'not-held': 'not-held', 'not-absent': 'not-absent' }[
        state as string
      ];
      const told = of.some(
        (row) => row.kind === 'absence' && row.guardianId === id && (row.state === 'accepted' || row.state === 'delivered'),
      );
      if (followUp && told && since.length === 1 && !settled(followUp, id))
        say(`${id} was told of an absence, but never that ${pupil.pupilId} is ${state}`);
    }
  }
  return {
    violations,
    gates,
    mails: mails.length,
    texts: texts.length,
    decided: store.items('decision').filter(({ state }) => state === 'sent' || state === 'kept').length,
    undecided: store.items('decision').filter(({ state }) => state === 'open').length,
    spared: rows.filter(({ reason }) => reason === 'read').length,
    resent: rows.filter(({ resent }) => resent).length,
    faults: struck,
  };
};
