import type {
  AnswersEntry,
  ApiEntry,
  ConsumerEntry,
  Context,
  FeedbackEntry,
  Grant,
  RelayEntry,
  ScheduleEntry,
  WorkerEntry,
} from '../shared/kernel/index.ts';

interface Base {
  readonly context: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly loses: string;
  /** Megabytes. */
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
}

/** One function of a context: one entry of its manifest, and the file of the same name. */
export type Entry = Base &
  (
    | { readonly kind: 'api'; readonly is: ApiEntry }
    | { readonly kind: 'answers'; readonly is: AnswersEntry }
    | { readonly kind: 'relay'; readonly is: RelayEntry }
    | { readonly kind: 'consumer'; readonly is: ConsumerEntry }
    | { readonly kind: 'worker'; readonly is: WorkerEntry }
    | { readonly kind: 'schedule'; readonly is: ScheduleEntry }
    | { readonly kind: 'feedback'; readonly is: FeedbackEntry }
  );

type Kind = Entry['kind'];
type Is<K extends Kind> = Extract<Entry, { kind: K }>['is'];

/** Someone waits for these two: on Lambda processor time comes with memory. */
const DEFAULTS: Partial<Record<Kind, { memory: number; timeout: number }>> = {
  api: { memory: 1024, timeout: 15 },
  answers: { memory: 1024, timeout: 15 },
};

/** By name: a module's exports have no order that every loader keeps. */
export const byName = <T extends { readonly name: string }>(declared: Readonly<Record<string, T>> = {}): T[] =>
  Object.values(declared).sort((a, b) => (a.name < b.name ? -1 : 1));

/** Every function of a context, in a stable order. */
export function entriesOf(context: Context): Entry[] {
  const entry = <K extends Kind>(kind: K, name: string, is: Is<K>): Entry => {
    const runs: { grants?: readonly Grant[]; loses: string; memory?: number; timeout?: number } = is;
    const { memory, timeout } = DEFAULTS[kind] ?? { memory: 512, timeout: 30 };
    return {
      context: context.name,
      name,
      kind,
      is,
      grants: runs.grants ?? [],
      loses: runs.loses,
      memory: runs.memory ?? memory,
      timeout: runs.timeout ?? timeout,
    } as Entry;
  };
  const named = <K extends Kind>(kind: K, group: Readonly<Record<string, Is<K>>> = {}) =>
    Object.entries(group)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, is]) => entry(kind, name, is));
  return [
    ...(context.api ? [entry('api', 'api', context.api)] : []),
    ...(context.answers ? [entry('answers', 'answers', context.answers)] : []),
    ...(context.relay ? [entry('relay', 'relay', context.relay)] : []),
    ...named('consumer', context.consumers),
    ...named('worker', context.workers),
    ...named('schedule', context.schedules),
    ...named('feedback', context.feedback),
  ];
}
