import { join } from 'node:path';
import { buildSite, SITE } from './build-site.ts';
import { readOutputs } from './deploy-stacks.ts';
import { BOOTSTRAPPED, mark } from './marks.ts';
import { command, Refusal, step, table } from './progress.ts';
import { publishSite } from './publish-site.ts';
import { runCdk } from './run-cdk.ts';
import { asContext, deployment, keepSettings, settingsOf } from './settings.ts';
import { folders } from './system.ts';

await command(async () => {
  const { stage, region, settings } = await deployment(process.argv.slice(2));
  if (!settings.sender) {
    throw new Refusal('A first deployment needs the mailbox that families see: -- --stage NAME --sender vie-scolaire@ent.example.fr');
  }
  if (!(await mark(BOOTSTRAPPED))) {
    throw new Refusal(
      `The account is not prepared for the CDK in ${region}: run once npx cdk bootstrap aws://ACCOUNT/${region}, then this again.`,
    );
  }
  await step('Site built', buildSite, (built) => (built ? undefined : 'unchanged'));
  const { home } = folders(`.preau/${stage}`);
  const outputsFile = join(home, 'outputs.json');
  // One stack after the other: API Gateway refuses two changes to one API at a time. The rights are computed and tested:
  // asking about each of them again, stack by stack, would only teach people to say yes (npx cdk diff shows them).
  const deploy = (...more: string[]) =>
    runCdk([
      'deploy',
      '--all',
      '--require-approval',
      'never',
      '--concurrency',
      '1',
      '--outputs-file',
      outputsFile,
      '--output',
      join(home, 'cdk.out'),
      ...asContext(settings),
      ...more,
    ]);
  // The first time without protections: what fails half-way then takes all that it made away with it, where tables and pools
  // kept by name would stand in the way of the next try.
  if (!(await mark(settingsOf(stage)))) await deploy('-c', 'removing=true');
  await deploy();
  await keepSettings({ stage, region, settings });
  const outputs = readOutputs(outputsFile) ?? {};
  const { SiteBucket: bucket, DistributionId: distributionId, SiteUrl } = outputs;
  if (!bucket || !distributionId) throw new Error('The stacks have no output for the site');
  await step(
    'Site published',
    () => publishSite({ folder: SITE, bucket, distributionId }),
    (files) => (files === 0 ? 'unchanged' : `${files} files`),
  );
  const records = Object.entries(outputs).filter(([name]) => name.startsWith('DkimRecord'));
  console.log(`\n${table([['Site', SiteUrl ?? ''], ...records.map(([, record]) => ['DNS record', record])])}\n`);
  if (records.length > 0)
    console.log('Mail leaves once these records are in the DNS of the sender’s domain and SES is out of its sandbox.');
  if (settings.identity === 'address')
    console.log(`Mail leaves once ${settings.sender} has confirmed the message from SES, and SES is out of its sandbox.`);
});
