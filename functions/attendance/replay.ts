import type { attendance as table } from '../../shared/attendance/table.ts';
import { Failure, type Write } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

/** How often a write is tried again when somebody else wrote first. */
const TRIES = 6;
/** Longer than a telephone keeps an unsent roll call. */
const KEPT_SECONDS = 7 * 86_400;

const lostRace = (error: unknown): boolean => error instanceof Failure && error.code === 'store.condition-failed';

/** Reads and writes again when the database says that the facts moved in between. */
export const retrying = async <A>(act: () => Promise<A>): Promise<A> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!lostRace(error) || tries >= TRIES) throw error;
    }
  }
};

type Put = Write<typeof table, 'put'>;

export interface Attempted {
  readonly personId: string;
  readonly key: string;
  /** Route, parameters and body: what the key stands for. */
  readonly request: readonly (string | number)[];
}

const kept = <A>({ personId, key }: Attempted, fingerprint: string, system: Date, answer: A): Put => ({
  put: 'attempt',
  item: { personId, key, fingerprint, answer: JSON.stringify(answer), expiresAt: Math.floor(system.getTime() / 1000) + KEPT_SECONDS },
  when: { absent: true },
});

/** What an earlier try under the same key was answered; refuses a key that stood for something else. */
const answered = async <A>(
  { personId, key }: Attempted,
  fingerprint: string,
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<{ readonly answer: A } | undefined> => {
  const earlier = await attendance.get('attempt', { personId, key });
  if (!earlier) return undefined;
  if (earlier.fingerprint !== fingerprint) throw new Failure('conflict', 'request.idempotency-key-reused');
  return { answer: JSON.parse(earlier.answer) as A };
};

/**
 * Does once what is more than one transaction. `act` is given the fingerprint to make natural ids of, so that each part is done
 * once by itself; the key is kept when all are, and a try that broke off in between is simply done to its end.
 */
export const onceInParts = async <A>(
  attempted: Attempted,
  ports: Pick<ApiPorts, 'attendance' | 'clock' | 'ids'>,
  act: (fingerprint: string) => Promise<A>,
): Promise<A> => {
  const fingerprint = ports.ids.natural('f', ...attempted.request);
  const earlier = await answered<A>(attempted, fingerprint, ports);
  if (earlier) return earlier.answer;
  const answer = await act(ports.ids.natural('f', attempted.personId, attempted.key, fingerprint));
  try {
    await ports.attendance.write(kept(attempted, fingerprint, ports.clock.system(), answer));
    return answer;
  } catch (error) {
    if (!lostRace(error)) throw error;
    return (await answered<A>(attempted, fingerprint, ports))?.answer ?? answer;
  }
};

/**
 * Does it once for each idempotency key. `act` puts the write that `record` makes of its answer in its own transaction,
 * so that the key is kept if and only if the thing was done. Nothing is read for it on the way: the database refuses
 * a key that exists, and only then, or after a refusal, is the earlier answer looked up and given back as it was.
 */
export const once = async <A>(
  attempted: Attempted,
  ports: Pick<ApiPorts, 'attendance' | 'clock' | 'ids'>,
  act: (record: (answer: A) => Put) => Promise<A>,
): Promise<A> => {
  const fingerprint = ports.ids.natural('f', ...attempted.request);
  return retrying(async () => {
    try {
      return await act((answer) => kept(attempted, fingerprint, ports.clock.system(), answer));
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'missing') throw error;
      const earlier = await answered<A>(attempted, fingerprint, ports);
      if (!earlier) throw error;
      return earlier.answer;
    }
  });
};
