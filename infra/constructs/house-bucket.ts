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
  /** A page posts to it by script and shows progress; a plain form needs no CORS. */
  readonly upload: boolean;
}

/** How long files live, whatever the code does: personal data leaves by itself. */
const KEPT: Record<BucketName, Kept> = {
  imports: { days: 30, upload: true },
  proofs: { days: 400, upload: false },
  letters: { days: 7, upload: false },
};

export const BUCKETS = Object.keys(KEPT) as BucketName[];

export const houseBucket = (scope: Construct, stage: Stage, name: BucketName): Bucket =>
  new Bucket(scope, `Bucket-${name}`, {
    ...privately(stage),
    bucketName: names(stage.name, stage.account).bucket(name),
    lifecycleRules: [{ expiration: Duration.days(KEPT[name].days), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    // The signature of the presigned POST is the authority, and no cookie travels: any origin may be answered,
    // which spares the bucket from knowing the site's address before the site exists.
    ...(KEPT[name].upload ? { cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'] }] } : {}),
  });
