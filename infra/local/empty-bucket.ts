import { DeleteObjectsCommand, ListObjectVersionsCommand, NoSuchBucket, S3Client } from '@aws-sdk/client-s3';

/** Deletes every object and every version of it; answers how many. A bucket that is gone is empty. */
export async function emptyBucket(bucket: string, s3 = new S3Client({ forcePathStyle: true })): Promise<number> {
  let count = 0;
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket })).catch((error: unknown) => {
      if (error instanceof NoSuchBucket) return undefined;
      throw error;
    });
    const objects = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (objects.length === 0) return count;
    const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }));
    if (Errors?.length) throw new Error(`${bucket} cannot be emptied: ${Errors[0]?.Message}`);
    count += objects.length;
  }
}
