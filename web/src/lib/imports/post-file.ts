import { ApiFailure } from '#lib/api/failure.ts';

export interface Upload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface PostPorts {
  /** Bytes of this file that have left. */
  readonly onprogress?: (bytes: number) => void;
  readonly signal?: AbortSignal;
  readonly request?: () => XMLHttpRequest;
  readonly isOnline?: () => boolean;
}

/** The signed fields first and the file last, as a bucket wants its form. */
export function formOf({ fields }: Upload, file: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return form;
}

/**
 * Posts a file straight to its bucket. `fetch` cannot tell how much of a body has left, so this is the older request.
 * The signature in the form is the authority: no token and no cookie of ours travels to another origin.
 */
export function postFile(
  upload: Upload,
  file: Blob,
  { onprogress, signal, request = () => new XMLHttpRequest(), isOnline = () => navigator.onLine }: PostPorts = {},
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const xhr = request();
  const stop = () => xhr.abort();
  xhr.open('POST', upload.url);
  xhr.upload.onprogress = ({ loaded }) => onprogress?.(Math.min(loaded, file.size));
  xhr.onload = () => {
    if (xhr.status >= 200 && xhr.status < 300) {
      onprogress?.(file.size);
      resolve();
    } else if (xhr.status >= 400 && xhr.status < 500) reject(new ApiFailure('directory.upload-refused', xhr.status));
    else reject(new ApiFailure('network.unreachable', xhr.status));
  };
  xhr.onerror = () => reject(new ApiFailure(isOnline() ? 'network.unreachable' : 'network.offline'));
  xhr.onabort = () => reject(signal?.reason ?? new ApiFailure('network.unreachable'));
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) reject(signal.reason);
  else xhr.send(formOf(upload, file));
  return promise.finally(() => signal?.removeEventListener('abort', stop));
}

const ATTEMPTS = 3;
const PAUSE_MS = 800;

/** The same, again after a passing failure: one lost connection does not cost the whole import. */
export async function postFileSurely(
  upload: Upload,
  file: Blob,
  ports: PostPorts & { readonly pause?: (ms: number) => Promise<void> } = {},
): Promise<void> {
  const { pause = (ms) => new Promise((resume) => setTimeout(resume, ms)) } = ports;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await postFile(upload, file, ports);
      return;
    } catch (error) {
      const passing = error instanceof ApiFailure && (error.passing || error.status >= 500);
      if (!passing || attempt === ATTEMPTS || ports.signal?.aborted) throw error;
      await pause(PAUSE_MS * attempt);
    }
  }
}
