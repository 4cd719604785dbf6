import * as z from 'zod';
import { Door } from '../../shared/kernel/rights.ts';

const Pool = z.object({
  poolId: z.string().min(1),
  clientId: z.string().min(1),
  /** Left out in a deployment: read once from the pool's client, so that no template holds it. */
  clientSecret: z.string().min(1).optional(),
});

/** Everything a function is told by its deployment. A broken one fails at init, before the first request. */
const Environment = z.object({
  PREAU_STAGE: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  PREAU_ACCOUNT: z.string().regex(/^\d{12}$/),
  PREAU_CONTEXT: z.string().regex(/^[a-z-]+$/),
  PREAU_ENTRY: z.string().regex(/^[a-z-]+$/),
  PREAU_SITE_URL: z.string().regex(/^https?:\/\/[^/]+$/),
  /** Only the local stage moves the civil clock. */
  PREAU_CIVIL_OFFSET_MS: z.coerce.number().int().optional(),
  /** Only the local stage shortens the wait before a mail. */
  PREAU_GRACE_SECONDS: z.coerce.number().int().min(0).max(900).optional(),
  PREAU_POOLS: z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(z.partialRecord(Door, Pool))
    .optional(),
  PREAU_SENDER: z.email().optional(),
  /** What the CDN adds to each request it forwards: proof that the viewer's address is its word. */
  PREAU_ORIGIN_SECRET: z.string().min(16).optional(),
  AWS_REGION: z.string().min(1),
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
});

export type Environment = z.infer<typeof Environment>;

/** Throws, naming the variables at fault and never their values. */
export const readEnvironment = (source: Readonly<Record<string, string | undefined>>): Environment => {
  // Read once: compiling a parser for it would take longer than parsing.
  const parsed = Environment.safeParse(source, { jitless: true });
  if (!parsed.success) throw new Error(`broken environment: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  return parsed.data;
};

let known: Environment | undefined;
export const environment = (): Environment => {
  known ??= readEnvironment(process.env);
  return known;
};
