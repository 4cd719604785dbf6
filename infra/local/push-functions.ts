import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { names } from '../../shared/kernel/index.ts';
import type { BundlingAnswer, BundlingRequest } from './bundle-functions.ts';
import { LOCAL_ACCOUNT, LOCAL_STAGE, ROOT } from './system.ts';

type Files = Readonly<Record<string, Uint8Array>>;

const filesOf = (folder: string): Files =>
  Object.fromEntries(
    globSync('**/*.*', { cwd: folder })
      .sort()
      .map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]),
  );

const hashOf = (files: Files): string => {
  const hash = createHash('sha256');
  for (const [file, body] of Object.entries(files)) hash.update(`${file}\0${body.length}\0`).update(body);
  return hash.digest('hex');
};

interface Pusher {
  /** Bundles what these files (absolute paths) touch, or every function, and sends the running system those that changed: their names. */
  readonly push: (changed?: readonly string[]) => Promise<string[]>;
  /** After what manifests declare has changed: the next push reads them anew. */
  readonly forget: () => void;
}

/** A process that keeps functions ready to be bundled again, and ends with this one. */
function bundlingProcess(folder: string) {
  const child = fork(join(ROOT, 'infra/local/bundle-functions.ts'), [folder]);
  // Asked of one at a time, in turn.
  const bundle = (changed?: readonly string[]): Promise<[entry: string, folder: string][]> =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('The process that bundles functions ended'));
      child.once('exit', ended);
      child.once('message', (answer: BundlingAnswer) => {
        child.off('exit', ended);
        if ('failed' in answer) reject(new Error(answer.failed));
        else resolve(answer.bundled);
      });
      child.send({ changed } satisfies BundlingRequest);
    });
  return { bundle, end: () => child.kill() };
}

/** Keeps the functions of the running system as they are in the working folder. */
export function functionPusher(folder: string): Pusher {
  const sent = new Map<string, string>();
  let bundling: ReturnType<typeof bundlingProcess> | undefined;
  const push = async (changed?: readonly string[]): Promise<string[]> => {
    const lambda = new LambdaClient({});
    const named = names(LOCAL_STAGE, LOCAL_ACCOUNT);
    const first = sent.size === 0;
    const pushed: string[] = [];
    bundling ??= bundlingProcess(folder);
    for (const [entry, path] of await bundling.bundle(changed)) {
      const files = filesOf(path);
      const hash = hashOf(files);
      if (sent.get(entry) === hash) continue;
      sent.set(entry, hash);
      // What was just deployed is what these are: the first bundling only remembers.
      if (first) continue;
      const [context = '', name = ''] = entry.split('/');
      // Only what goes up is packed: packing all of them is half a second of a core.
      const ZipFile = zipSync({ ...files }, { level: 1 });
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: named.function(context, name), ZipFile }));
      pushed.push(entry);
    }
    return pushed;
  };
  return {
    push,
    forget: () => {
      bundling?.end();
      bundling = undefined;
    },
  };
}
