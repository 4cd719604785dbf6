import type { Door } from '../../shared/kernel/access-card.ts';
import { DOORS } from '../../shared/kernel/doors.ts';

interface Pool {
  readonly poolId: string;
  readonly clientId: string;
  /** Left out in a deployment: read once from the pool's client, so that no template holds it. */
  readonly clientSecret?: string;
}

type Pools = Readonly<Partial<Record<Door, Pool>>>;

/** Throws on another text than the pools of some doors. */
const poolsOf = (text: string): Pools => {
  const pools = JSON.parse(text) as Record<string, Partial<Pool>>;
  for (const [door, { poolId, clientId }] of Object.entries(pools))
    if (!(DOORS as readonly string[]).includes(door) || !poolId || !clientId) throw new RangeError(door);
  return pools as Pools;
};

const matching = (pattern: RegExp) => (text: string) => {
  if (!pattern.test(text)) throw new RangeError();
  return text;
};

const number = (pattern: RegExp) => (text: string) => Number(matching(pattern)(text));

/**
 * Everything a function is told by its deployment. A broken one fails at init, before the first request: read by hand, since to build a
 * schema for one reading is a tenth of what a cold start costs beside the SDK.
 */
const TOLD = {
  PREAU_STAGE: matching(/^[a-z][a-z0-9-]{0,30}$/),
  PREAU_ACCOUNT: matching(/^\d{12}$/),
  PREAU_CONTEXT: matching(/^[a-z-]+$/),
  PREAU_ENTRY: matching(/^[a-z-]+$/),
  PREAU_SITE_URL: matching(/^https?:\/\/[^/]+$/),
  AWS_REGION: matching(/./),
} as const;

const MAY_BE_TOLD = {
  /** Only the local stage moves the civil clock. */
  PREAU_CIVIL_OFFSET_MS: number(/^-?\d{1,15}$/),
  /** Only the local stage shortens the wait before a mail; at most 900. */
  PREAU_GRACE_SECONDS: number(/^(\d{1,2}|[1-8]\d\d|900)$/),
  PREAU_POOLS: poolsOf,
  PREAU_SENDER: matching(/^[^@\s]+@[^@\s]+\.[^@\s]+$/),
  /** What the CDN adds to each request it forwards: proof that the viewer's address is its word. */
  PREAU_ORIGIN_SECRET: matching(/^.{16,}$/),
  AWS_ENDPOINT_URL: matching(/^https?:\/\/./),
  AWS_ACCESS_KEY_ID: matching(/^/),
  AWS_SECRET_ACCESS_KEY: matching(/^/),
  AWS_SESSION_TOKEN: matching(/^/),
} as const;

type Read<R extends Readonly<Record<string, (text: string) => unknown>>> = { readonly [N in keyof R]: ReturnType<R[N]> };
export type Environment = Read<typeof TOLD> & Partial<Read<typeof MAY_BE_TOLD>>;

/** Throws, naming the variables at fault and never their values. */
export const readEnvironment = (source: Readonly<Record<string, string | undefined>>): Environment => {
  const read: Record<string, unknown> = {};
  const broken: string[] = [];
  for (const [name, reading] of Object.entries({ ...TOLD, ...MAY_BE_TOLD })) {
    const text = source[name];
    if (text === undefined && name in MAY_BE_TOLD) continue;
    try {
      read[name] = reading(text ?? '');
    } catch {
      broken.push(name);
    }
  }
  if (broken.length > 0) throw new Error(`broken environment: ${broken.join(', ')}`);
  return read as Environment;
};

let known: Environment | undefined;
export const environment = (): Environment => {
  known ??= readEnvironment(process.env);
  return known;
};
