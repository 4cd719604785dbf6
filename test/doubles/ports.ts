import { natural } from '../../functions/runtime/ids.ts';
import type { BasePorts, Ids, Log, Site } from '../../shared/kernel/context.ts';
import type {
  Ask,
  FilesPort,
  MailMessage,
  MailPort,
  PushMessage,
  PushOutcome,
  PushPort,
  PushTo,
  QueuePort,
  SecretPort,
  SmsPort,
} from '../../shared/kernel/grant.ts';
import type { AnswerTo, AskedOf, Question } from '../../shared/kernel/question.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { at } from '../../shared/kernel/wall-clock.ts';

export interface FixedClock extends Clock {
  /** Moves both clocks on (or back) by milliseconds. */
  move(milliseconds: number): void;
  moveCivil(milliseconds: number): void;
  moveSystem(milliseconds: number): void;
  /** Sets both clocks: an instant, or a wall-clock time of the clock's zone. */
  set(time: string): void;
}

const read = (time: string, zone: string): number => {
  const wall = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)$/.exec(time);
  return wall ? at(wall[1] as string, Number(wall[2]) * 60 + Number(wall[3]), zone).getTime() : new Date(time).getTime();
};

/** Stands still until it is moved. `2026-09-15T10:05` is read on the zone's wall clock, `2026-09-15T08:05:00.000Z` as the instant it is. */
export const fixedClock = (time = '2026-09-15T10:05', zone = 'Europe/Paris'): FixedClock => {
  let civil = read(time, zone);
  let system = civil;
  return {
    civil: () => new Date(civil),
    system: () => new Date(system),
    move(milliseconds) {
      civil += milliseconds;
      system += milliseconds;
    },
    moveCivil(milliseconds) {
      civil += milliseconds;
    },
    moveSystem(milliseconds) {
      system += milliseconds;
    },
    set(to) {
      civil = read(to, zone);
      system = civil;
    },
  };
};

/** `p_00000001`, `p_00000002`…; natural ids are the real ones. A secret counts in the alphabet's own digits. */
export const countingIds = (): Ids => {
  let count = 0;
  return {
    next: (prefix) => `${prefix}_${String(++count).padStart(8, '0')}`,
    natural,
    secret(alphabet, length) {
      let text = '';
      for (let rest = ++count; text.length < length; rest = Math.floor(rest / alphabet.length))
        text = `${alphabet[rest % alphabet.length]}${text}`;
      return text;
    },
  };
};

export interface Line {
  readonly level: 'info' | 'warn';
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Says nothing, remembers every line: tests also prove that no name or reason is in them. */
export const silentLog = (): Log & { lines(): Line[] } => {
  const lines: Line[] = [];
  return {
    info: (code, facts = {}) => void lines.push({ level: 'info', code, facts }),
    warn: (code, facts = {}) => void lines.push({ level: 'warn', code, facts }),
    lines: () => [...lines],
  };
};

export const site: Site = { url: 'https://preau.example', stage: 'test' };

/** What every function has. Spread it beside the granted ports: `{ ...basePorts(), attendance: memoryStore(attendance) }`. */
export const basePorts = (): BasePorts & { clock: FixedClock; log: ReturnType<typeof silentLog> } => ({
  clock: fixedClock(),
  ids: countingIds(),
  log: silentLog(),
  site,
});

/** A question and how the double answers it; `answers` types the pair. */
export interface Answered {
  readonly question: Question;
  readonly answer: (input: unknown) => unknown;
}
export const answered = <Q extends Question>(question: Q, answer: (input: AskedOf<Q>) => AnswerTo<Q> | Promise<AnswerTo<Q>>): Answered => ({
  question,
  answer: answer as (input: unknown) => unknown,
});

/** `askDouble(answered(guardiansOf, ({ pupilId }) => …))`: input and answer pass the question's schemas, as over the wire. */
export const askDouble = (...known: readonly Answered[]): Ask & { asked(): { question: string; input: unknown }[] } => {
  const asked: { question: string; input: unknown }[] = [];
  const ask = async (question: Question, input: unknown) => {
    const one = known.find(({ question: { name } }) => name === question.name);
    if (!one) throw new RangeError(`nobody answers ${question.name} in this test`);
    asked.push({ question: question.name, input: structuredClone(input) });
    return question.answer.parse(structuredClone(await one.answer(question.input.parse(structuredClone(input)))));
  };
  return Object.assign(ask as Ask, { asked: () => [...asked] });
};

export const memoryQueue = (): QueuePort & { sent(): { message: unknown; delay: number }[]; take(): unknown[] } => {
  let sent: { message: unknown; delay: number }[] = [];
  return {
    async send(message, delay = 0) {
      if (delay < 0 || delay > 900) throw new RangeError('a queue delays at most 900 s');
      sent.push({ message: JSON.parse(JSON.stringify(message)), delay });
    },
    sent: () => [...sent],
    take() {
      const taken = sent.map(({ message }) => message);
      sent = [];
      return taken;
    },
  };
};

interface HeldFile {
  readonly body: Uint8Array;
  readonly contentType: string;
}

export const memoryFiles = (): FilesPort & {
  files: Map<string, HeldFile>;
  uploads(): { key: string; contentType: string; maxBytes: number; seconds: number; successRedirect?: string }[];
} => {
  const files = new Map<string, HeldFile>();
  const uploads: { key: string; contentType: string; maxBytes: number; seconds: number; successRedirect?: string }[] = [];
  const found = (key: string): HeldFile => {
    const file = files.get(key);
    if (!file) throw new RangeError(`no file ${key}`);
    return file;
  };
  return {
    files,
    uploads: () => [...uploads],
    read: async (key) => found(key).body,
    async stream(key) {
      const { body } = found(key);
      return (async function* () {
        for (let from = 0; from < body.length; from += 65_536) yield body.subarray(from, from + 65_536);
      })();
    },
    async write(key, body, contentType) {
      files.set(key, { body: typeof body === 'string' ? new TextEncoder().encode(body) : body.slice(), contentType });
    },
    async delete(key) {
      files.delete(key);
    },
    async upload(key, limits) {
      uploads.push({ key, ...limits });
      return { url: 'https://files.example', fields: { key, 'Content-Type': limits.contentType } };
    },
    size: async (key) => files.get(key)?.body.length,
  };
};

/** `refuse` makes the next sends throw, as SES does when it is down or refuses the message. */
export const memoryMail = ({
  rate = 14,
} = {}): MailPort & { sent(): (MailMessage & { messageId: string })[]; count(): number; refuse(error: Error | undefined): void } => {
  const sent: (MailMessage & { messageId: string })[] = [];
  let refusal: Error | undefined;
  return {
    async send(message) {
      if (refusal) throw refusal;
      const messageId = `message-${sent.length + 1}`;
      sent.push({ ...message, messageId });
      return { messageId };
    },
    rate: async () => rate,
    sent: () => [...sent],
    count: () => sent.length,
    refuse(error) {
      refusal = error;
    },
  };
};

/** `answers` says what the push service of an endpoint says; others accept. */
export const memoryPush = (): PushPort & {
  sent(): (PushMessage & { endpoint: string })[];
  answers(endpoint: string, outcome: PushOutcome): void;
} => {
  const sent: (PushMessage & { endpoint: string })[] = [];
  const outcomes = new Map<string, PushOutcome>();
  return {
    key: async () => 'B'.repeat(87),
    async send({ endpoint }: PushTo, message) {
      const outcome = outcomes.get(endpoint) ?? 'accepted';
      if (outcome === 'accepted') sent.push({ ...message, endpoint });
      return outcome;
    },
    sent: () => [...sent],
    answers: (endpoint, outcome) => void outcomes.set(endpoint, outcome),
  };
};

/** `refuse` makes the next messages throw, as the gateway does. */
export const memorySms = (): SmsPort & { sent(): { to: string; text: string }[]; refuse(error: Error | undefined): void } => {
  const sent: { to: string; text: string }[] = [];
  let refusal: Error | undefined;
  return {
    async send(to, text) {
      if (refusal) throw refusal;
      sent.push({ to, text });
      return { messageId: `sms-${sent.length}` };
    },
    sent: () => [...sent],
    refuse(error) {
      refusal = error;
    },
  };
};

/** The key before the current one stays valid, as in a deployment. */
export const memorySecret = (...seeds: string[]): SecretPort => {
  const keys = (seeds.length > 0 ? seeds : ['current', 'before']).map((seed) => {
    const key = new Uint8Array(32);
    key.set(new TextEncoder().encode(seed).subarray(0, 32));
    return key;
  });
  return { keys: async () => keys };
};
