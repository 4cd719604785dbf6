import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteParametersCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { emptyBucket } from './empty-bucket.ts';
import { mark } from './marks.ts';
import { command, Refusal, step } from './progress.ts';
import { runCdk } from './run-cdk.ts';
import { asContext, deployment, settingsOf } from './settings.ts';
import { folders } from './system.ts';

/** Signing keys and settings: made while running, so no stack takes them along. */
async function deleteParameters(stage: string): Promise<number> {
  const ssm = new SSMClient({});
  let count = 0;
  for (;;) {
    const { Parameters = [] } = await ssm.send(
      new GetParametersByPathCommand({ Path: `/preau-${stage}`, Recursive: true, MaxResults: 10 }),
    );
    const Names = Parameters.flatMap(({ Name }) => (Name ? [Name] : []));
    if (Names.length === 0) return count;
    await ssm.send(new DeleteParametersCommand({ Names }));
    count += Names.length;
  }
}

async function emptyBuckets(stage: string): Promise<number> {
  const s3 = new S3Client({ forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  let count = 0;
  for (const { Name } of Buckets) if (Name?.startsWith(`preau-${stage}-`)) count += await emptyBucket(Name, s3);
  return count;
}

await command(async () => {
  const { stage, settings } = await deployment(process.argv.slice(2));
  if (!(await mark(settingsOf(stage)))) throw new Refusal(`There is no stage "${stage}" in this account and region.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  console.log(`This deletes the stage "${stage}" for good: every school, every person, every absence, every account in it.`);
  const typed = await terminal.question('Type its name to go on: ');
  terminal.close();
  if (typed.trim() !== stage) throw new Refusal('Nothing was deleted: that is not its name.');
  const context = [...asContext(settings), '-c', 'removing=true'];
  // First a deployment that takes the protections off, then nothing stands in the way.
  await runCdk(['deploy', '--all', '--concurrency', '1', '--require-approval', 'never', ...context]);
  await step(
    'Buckets emptied',
    () => emptyBuckets(stage),
    (count) => `${count} objects`,
  );
  await runCdk(['destroy', '--all', '--force', ...context]);
  await step(
    'Keys and settings deleted',
    () => deleteParameters(stage),
    (count) => `${count} parameters`,
  );
  rmSync(folders(`.preau/${stage}`).home, { recursive: true, force: true });
});
