import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { names } from '../../shared/kernel/index.ts';
import { run } from './run-program.ts';
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

/** Bundles every function again and sends the running system those that changed. */
export function functionPusher(folder: string): () => Promise<string[]> {
  const sent = new Map<string, string>();
  const bundles = async () => {
    const output = await run(process.execPath, [join(ROOT, 'infra/local/bundle-functions.ts'), folder]);
    const entries = JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as [string, string][];
    return entries.map(([entry, path]) => {
      const files = filesOf(path);
      return { entry, files, hash: hashOf(files) };
    });
  };
  return async () => {
    const lambda = new LambdaClient({});
    const named = names(LOCAL_STAGE, LOCAL_ACCOUNT);
    const first = sent.size === 0;
    const pushed: string[] = [];
    for (const { entry, files, hash } of await bundles()) {
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
}
