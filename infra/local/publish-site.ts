import { createHash } from 'node:crypto';
import { globSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { cacheControl, contentType } from './content-type.ts';

interface Published {
  readonly etag: string;
  readonly age: number;
}

/** A page open since before the last publication still finds its chunks. */
const KEPT_FOR = 30 * 86_400_000;

async function published(s3: S3Client, bucket: string): Promise<Map<string, Published>> {
  const found = new Map<string, Published>();
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }));
    for (const { Key, ETag, LastModified } of page.Contents ?? []) {
      if (Key) found.set(Key, { etag: (ETag ?? '').replaceAll('"', ''), age: Date.now() - (LastModified?.getTime() ?? 0) });
    }
    token = page.NextContinuationToken;
  } while (token);
  return found;
}

/** What must go up, in an order that never lets a page name a file that is not there yet. */
export function uploadOrder(files: readonly string[]): string[] {
  const last = (file: string) => (file.startsWith('_app/immutable/') ? 0 : file.endsWith('.html') ? 2 : 1);
  return [...files].sort((a, b) => last(a) - last(b) || a.localeCompare(b));
}

/**
 * Puts the built site into its bucket, only what changed, and tells the CDN; the same on the machine and on AWS.
 * Answers how many files went up.
 */
export async function publishSite(
  { folder, bucket, distributionId }: { folder: string; bucket: string; distributionId?: string },
  s3 = new S3Client({ forcePathStyle: true }),
): Promise<number> {
  const files = uploadOrder(globSync('**/*', { cwd: folder }).filter((file) => statSync(join(folder, file)).isFile()));
  const there = await published(s3, bucket);
  const changed: string[] = [];
  for (const file of files) {
    const body = await readFile(join(folder, file));
    if (there.get(file)?.etag === createHash('md5').update(body).digest('hex')) continue;
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: file, Body: body, ContentType: contentType(file), CacheControl: cacheControl(file) }),
    );
    changed.push(file);
  }
  const stale = [...there].filter(([file, { age }]) => !files.includes(file) && age > KEPT_FOR).map(([Key]) => ({ Key }));
  for (let i = 0; i < stale.length; i += 1000) {
    await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: stale.slice(i, i + 1000), Quiet: true } }));
  }
  const seen = changed.filter((file) => !file.startsWith('_app/immutable/'));
  if (distributionId && seen.length > 0) {
    await new CloudFrontClient({}).send(
      new CreateInvalidationCommand({
        DistributionId: distributionId,
        InvalidationBatch: { CallerReference: `${Date.now()}`, Paths: { Quantity: 1, Items: ['/*'] } },
      }),
    );
  }
  return changed.length;
}
