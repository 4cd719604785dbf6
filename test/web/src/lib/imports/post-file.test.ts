import { describe, expect, it } from 'vitest';
import { ApiFailure } from '#lib/api/failure.ts';
import { formOf, postFile, postFileSurely } from '#lib/imports/post-file.ts';

const upload = {
  url: 'https://bucket.example',
  fields: { key: '0134567A/i_1/files/0', 'Content-Type': 'application/octet-stream', policy: 'signed' },
};
const file = new Blob(['<BEE_ELEVES/>']);

type Fate = number | 'lost' | 'hangs';

/** A browser's request whose fate is written in advance, one word a request. */
function bucket(...fates: Fate[]) {
  const posted: { url: string; form: FormData }[] = [];
  const request = () => {
    const fate = fates[posted.length] ?? 204;
    let url = '';
    const xhr = {
      status: 0,
      upload: { onprogress: undefined as ((event: { loaded: number }) => void) | undefined },
      onload: () => {},
      onerror: () => {},
      onabort: () => {},
      open: (_method: string, to: string) => {
        url = to;
      },
      abort: () => xhr.onabort(),
      send: (form: FormData) => {
        posted.push({ url, form });
        if (fate === 'hangs') return;
        // Forms are larger than the file in them.
        xhr.upload.onprogress?.({ loaded: file.size + 500 });
        queueMicrotask(() => {
          if (fate === 'lost') return xhr.onerror();
          xhr.status = fate;
          xhr.onload();
        });
      },
    };
    return xhr as unknown as XMLHttpRequest;
  };
  return { request, posted };
}

const online = { isOnline: () => true };

describe('the form of an upload', () => {
  it('has the signed fields first and the file last', () => {
    expect([...formOf(upload, file).keys()]).toEqual(['key', 'Content-Type', 'policy', 'file']);
  });
});

describe('posting a file', () => {
  it('goes to the address that was given, be it the cloud’s or one machine’s, and tells its progress in bytes of the file', async () => {
    for (const url of ['https://preau-imports.s3.eu-west-3.amazonaws.com/', 'http://localhost:4566/preau-local-imports']) {
      const { request, posted } = bucket(204);
      const seen: number[] = [];
      await postFile({ ...upload, url }, file, { request, onprogress: (bytes) => seen.push(bytes) });
      expect(posted.map((one) => one.url)).toEqual([url]);
      expect(seen).toEqual([file.size, file.size]);
    }
  });

  it('says when the bucket refuses the form, and when nothing answers', async () => {
    await expect(postFile(upload, file, { request: bucket(403).request })).rejects.toMatchObject({ code: 'directory.upload-refused' });
    await expect(postFile(upload, file, { request: bucket('lost').request, ...online })).rejects.toMatchObject({
      code: 'network.unreachable',
    });
    await expect(postFile(upload, file, { request: bucket('lost').request, isOnline: () => false })).rejects.toMatchObject({
      code: 'network.offline',
    });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const { request, posted } = bucket('hangs');
    const sent = postFile(upload, file, { request, signal: stop.signal });
    stop.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    expect(posted).toHaveLength(1);
  });
});

describe('posting a file surely', () => {
  const pause = async () => {};

  it('tries again after a lost connection and a busy bucket', async () => {
    const { request, posted } = bucket('lost', 503, 204);
    await postFileSurely(upload, file, { request, pause, ...online });
    expect(posted).toHaveLength(3);
  });

  it('gives up after the third time', async () => {
    const { request, posted } = bucket('lost', 'lost', 'lost', 204);
    await expect(postFileSurely(upload, file, { request, pause, ...online })).rejects.toBeInstanceOf(ApiFailure);
    expect(posted).toHaveLength(3);
  });

  it('does not insist with a form that was refused', async () => {
    const { request, posted } = bucket(403, 204);
    await expect(postFileSurely(upload, file, { request, pause })).rejects.toMatchObject({ code: 'directory.upload-refused' });
    expect(posted).toHaveLength(1);
  });
});
