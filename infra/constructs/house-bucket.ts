import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type BucketName, names } from '../../shared/kernel/index.ts';
import type { Stage } from '../stages.ts';

/** What every bucket is: private, encrypted, reached over TLS only. */
export const privately = (stage: Stage) => ({
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  // The emulator speaks plain HTTP on the loopback interface.
  enforceSSL: !stage.local,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: stage.removal,
});

interface Kept {
  readonly days: number;
  /** A page of the site posts to it by script; the plain form behind a signed link needs no CORS. */
  readonly upload: boolean;
}

/** How long files live, whatever the code does: personal data leaves by itself. */
const KEPT: Record<BucketName, Kept> = {
  imports: { days: 30, upload: true },
  proofs: { days: 400, upload: true },
  letters: { days: 7, upload: false },
  // Until 31 December after the school year, when the code deletes them: the last are written in September.
  registers: { days: 400, upload: false },
};

export const BUCKETS = Object.keys(KEPT) as BucketName[];

/** Where the site's own pages send files: what their policy must let them reach. */
export const UPLOADS = BUCKETS.filter((name) => KEPT[name].upload);

export const houseBucket = (scope: Construct, stage: Stage, name: BucketName): Bucket =>
  new Bucket(scope, `Bucket-${name}`, {
    ...privately(stage),
    bucketName: names(stage.name, stage.account).bucket(name),
    lifecycleRules: [{ expiration: Duration.days(KEPT[name].days), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    // The signature of the presigned POST is the authority, and no cookie travels: any origin may be answered,
    // which spares the bucket from knowing the site's address before the site exists.
    ...(KEPT[name].upload ? { cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'] }] } : {}),
  });
