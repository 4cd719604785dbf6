import { RemovalPolicy } from 'aws-cdk-lib';
import * as z from 'zod';

/** The stage that `npm start` and `npm test` deploy to an emulator. */
export const LOCAL = 'local';

const Settings = z.object({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,15}$/, 'is 1 to 16 lower-case letters and digits, beginning with a letter: -c stage=demo')
    .default(LOCAL),
  account: z.string().regex(/^\d{12}$/, 'is not known: give AWS credentials, or set CDK_DEFAULT_ACCOUNT'),
  region: z.string().min(1),
  /** The mailbox that families see. */
  sender: z.email().optional(),
  /**
   * What SES is asked to verify: the sender's domain (its owner publishes three records), the address alone (it gets a mail to confirm),
   * or nothing, when the account has either already: an identity belongs to one stack.
   */
  identity: z.enum(['domain', 'address', 'existing']).default('domain'),
  /** Where people reach the site, when it is not the distribution's own domain. */
  siteUrl: z
    .url()
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** ACM certificate (us-east-1) for the host of `siteUrl`. */
  certificate: z
    .string()
    .startsWith(
      'arn:aws:acm:us-east-1:',
      'is not one of us-east-1, where CloudFront looks: request it there, whatever the region of the stage',
    )
    .optional(),
  /** The mailbox that alarms write to. */
  operator: z.email().optional(),
  civilOffsetMs: z.coerce.number().int().optional(),
  graceSeconds: z.coerce.number().int().min(0).max(900).optional(),
  /** `-c removing=true`: protection off, so that `npm run remove` can take everything away. */
  removing: z.coerce
    .string()
    .transform((text) => text === 'true')
    .optional(),
});
type Settings = z.input<typeof Settings>;

/** All that differs between stages: credentials to deploy with, removal, sender identity, civil clock, time of grace. */
export interface Stage {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** On one machine: the emulator's credentials deploy, and the civil clock may be moved. */
  readonly local: boolean;
  readonly removal: RemovalPolicy;
  readonly protected: boolean;
  readonly sender: string;
  /** What SES is asked to verify, if anything. */
  readonly verifies: { readonly domain: string } | { readonly address: string } | undefined;
  /** The identities that mail may leave under. */
  readonly identities: readonly string[];
  readonly siteUrl: string | undefined;
  readonly certificate: string | undefined;
  readonly operator: string | undefined;
  readonly civilOffsetMs: number | undefined;
  /** Between an absence and its mail, in place of what schools set. */
  readonly graceSeconds: number | undefined;
}

/** The stage that the settings (`cdk -c name=value`) describe; throws with the remedy. */
export function stageOf(settings: { readonly [K in keyof Settings]: unknown }): Stage {
  const parsed = Settings.safeParse(settings);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `infra/stages.ts: the setting "${path.join('.')}" ${message}`).join('\n'),
    );
  }
  const { stage, removing = false, sender, identity, siteUrl, certificate, civilOffsetMs, graceSeconds, ...rest } = parsed.data;
  const local = stage === LOCAL || stage.startsWith('test');
  if (!local && sender === undefined) {
    throw new Error('infra/stages.ts: a deployed stage needs the mailbox that families see: -c sender=vie-scolaire@ent.example.fr');
  }
  if (!local && civilOffsetMs !== undefined) {
    throw new Error('infra/stages.ts: civilOffsetMs moves the clock of the local stage alone; a deployed stage cannot be told the time');
  }
  if (!local && graceSeconds !== undefined) {
    throw new Error('infra/stages.ts: graceSeconds is for the local stage alone; in a deployed one each school sets its time of grace');
  }
  if (certificate !== undefined && siteUrl === undefined) {
    throw new Error('infra/stages.ts: a certificate needs the address it is for: -c siteUrl=https://ent.example.fr');
  }
  const from = sender ?? 'vie-scolaire@preau.example';
  const domain = from.split('@')[1] as string;
  const kept = !local && !removing;
  return {
    name: stage,
    local,
    removal: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    protected: kept,
    sender: from,
    verifies: local || identity === 'address' ? { address: from } : identity === 'domain' ? { domain } : undefined,
    identities: local || identity === 'address' ? [from] : identity === 'domain' ? [domain] : [domain, from],
    siteUrl,
    certificate,
    operator: rest.operator,
    civilOffsetMs: local ? (civilOffsetMs ?? 0) : undefined,
    graceSeconds,
    account: rest.account,
    region: rest.region,
  };
}
