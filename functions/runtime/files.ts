import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { BucketName, FilesPort } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import { clientSettings, once } from './clients.ts';
import { environment } from './env.ts';

/** Buckets have no host name of their own on one machine. */
const s3 = once(() => new S3Client({ ...clientSettings(), forcePathStyle: environment().AWS_ENDPOINT_URL !== undefined }));

export const s3Files = (bucket: BucketName): FilesPort => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  const Bucket = names(PREAU_STAGE, PREAU_ACCOUNT).bucket(bucket);
  const open = async (Key: string) => {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key }));
    if (!Body) throw new Error('an object without a body');
    return Body;
  };
  return {
    read: async (key) => (await open(key)).transformToByteArray(),
    stream: async (key) => (await open(key)) as unknown as AsyncIterable<Uint8Array>,
    async write(Key, Body, ContentType) {
      await s3().send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },
    async delete(Key) {
      await s3().send(new DeleteObjectCommand({ Bucket, Key }));
    },
    upload: (Key, { contentType, maxBytes, seconds, successRedirect }) =>
      createPresignedPost(s3(), {
        Bucket,
        Key,
        Expires: seconds,
        Fields: { 'Content-Type': contentType, ...(successRedirect !== undefined && { success_action_redirect: successRedirect }) },
        Conditions: [
          ['eq', '$Content-Type', contentType],
          ['content-length-range', 1, maxBytes],
          ...(successRedirect === undefined ? [] : [['eq', '$success_action_redirect', successRedirect] as ['eq', string, string]]),
        ],
      }),
    async size(Key) {
      try {
        return (await s3().send(new HeadObjectCommand({ Bucket, Key }))).ContentLength;
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
  };
};
