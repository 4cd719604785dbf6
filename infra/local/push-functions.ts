import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { names } from '../../shared/kernel/index.ts';
import { run } from './run-program.ts';
import { LOCAL_ACCOUNT, LOCAL_STAGE, ROOT } from './system.ts';

const zipped = (folder: string): Uint8Array =>
  zipSync(
    Object.fromEntries(globSync('**/*.*', { cwd: folder }).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))])),
    // The same content is the same zip.
    { mtime: '1980-01-01T00:00:00', level: 1 },
  );

/** Bundles every function again and sends the running system those that changed. */
export function functionPusher(folder: string): () => Promise<string[]> {
  const sent = new Map<string, string>();
  const bundles = async () => {
    const output = await run(process.execPath, [join(ROOT, 'infra/local/bundle-functions.ts'), folder]);
    const entries = JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as [string, string][];
    return entries.map(([entry, path]) => {
      const code = zipped(path);
      return { entry, code, hash: createHash('sha256').update(code).digest('hex') };
    });
  };
  return async () => {
    const lambda = new LambdaClient({});
    const named = names(LOCAL_STAGE, LOCAL_ACCOUNT);
    const first = sent.size === 0;
    const pushed: string[] = [];
    for (const { entry, code, hash } of await bundles()) {
      if (sent.get(entry) === hash) continue;
      sent.set(entry, hash);
      // What was just deployed is what these are: the first bundling only remembers.
      if (first) continue;
      const [context = '', name = ''] = entry.split('/');
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: named.function(context, name), ZipFile: code }));
      pushed.push(entry);
    }
    return pushed;
  };
}
