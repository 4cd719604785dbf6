import type { EventDefinition, Occurrence } from './event.ts';
import type { Grant, GrantedPorts, QueueName } from './grant.ts';
import type { Question } from './question.ts';
import type { Route } from './route.ts';
import type { Change, Table } from './table.ts';
import type { Clock } from './time.ts';

interface Runs {
  readonly grants: readonly Grant[];
  /** What a human loses when it fails: the alarm's text, EVENTS.md, the runbook. */
  readonly loses: string;
  readonly memory?: number;
  /** Seconds, at most 30. */
  readonly timeout?: number;
}

export interface ApiEntry extends Runs {
  readonly routes: Readonly<Record<string, Route>>;
}
export interface AnswersEntry extends Runs {
  readonly questions: Readonly<Record<string, Question>>;
}
export interface ConsumerEntry extends Runs {
  readonly on: readonly EventDefinition[];
}
export interface WorkerEntry extends Runs {
  readonly queue: QueueName;
  readonly batch: number;
  readonly concurrency: number;
}
/** A number of the log that operators watch: at most ten in a deployment, since each costs while it is counted. */
export interface Figure {
  readonly name: string;
  /** The code of the log’s lines, and which of their facts is summed. */
  readonly of: { readonly code: string; readonly fact: string };
  /** What it says of humans: EVENTS.md, the runbook. */
  readonly says: string;
}

export interface ScheduleEntry extends Runs {
  readonly everyMinutes: number;
  readonly figure?: Figure;
}
/** SES feedback arrives over SNS. */
export interface FeedbackEntry extends Runs {
  readonly feedback: 'mail';
}

export interface RelayEntry<T extends Table = Table> {
  readonly emits: readonly EventDefinition[];
  readonly eventsOf: (change: Change<T>) => readonly Occurrence[];
  readonly loses: string;
}

/**
 * A context: what exists and what it may touch. The name of an entry is the name of its file:
 * `api`, `answers`, `relay`, `on-…` consumers, and verb-noun workers, schedules and feedback.
 */
export interface Context {
  readonly name: string;
  readonly table?: Table;
  readonly api?: ApiEntry;
  readonly answers?: AnswersEntry;
  readonly relay?: RelayEntry;
  readonly consumers?: Readonly<Record<`on-${string}`, ConsumerEntry>>;
  readonly workers?: Readonly<Record<string, WorkerEntry>>;
  readonly schedules?: Readonly<Record<string, ScheduleEntry>>;
  readonly feedback?: Readonly<Record<string, FeedbackEntry>>;
}

export const defineContext = <const C extends Context>(context: C): C => context;

/** Types `eventsOf` by the table whose stream feeds it. */
export const defineRelay = <T extends Table>(_table: T, entry: RelayEntry<T>): RelayEntry => entry as unknown as RelayEntry;

/** What every function has, whatever it was granted. */
export interface BasePorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly site: Site;
}

export interface Ids {
  /** A new id, uuidv7 behind the prefix. */
  next(prefix: string): string;
  /** The same parts give the same id: doing it twice is one thing. */
  natural(prefix: string, ...parts: readonly (string | number)[]): string;
  /** Unguessable, from a CSPRNG: `length` characters of the alphabet. */
  secret(alphabet: string, length: number): string;
}

export interface Log {
  /** Codes and ids only: never names, reasons, marks, bodies or tokens. */
  info(code: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  warn(code: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
}

export interface Site {
  /** `https://…` without a trailing slash. */
  readonly url: string;
  readonly stage: string;
}

export type PortsOf<E extends { readonly grants: readonly Grant[] }> = BasePorts & GrantedPorts<E['grants']>;
