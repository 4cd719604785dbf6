import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions } from './bundle.ts';
import { catalogue } from './catalogue.ts';
import { refuse } from './checks/blueprint.ts';
import { declared } from './checks/declared.ts';
import { stageOf } from './stages.ts';
import { buildSystem } from './system.ts';

const app = new App();
const given = (name: string): unknown => app.node.tryGetContext(name) as unknown;
const stage = stageOf({
  stage: given('stage'),
  account: given('account') ?? process.env.CDK_DEFAULT_ACCOUNT,
  region: given('region') ?? process.env.CDK_DEFAULT_REGION ?? 'eu-west-3',
  sender: given('sender'),
  identity: given('identity'),
  siteUrl: given('siteUrl'),
  certificate: given('certificate'),
  operator: given('operator'),
  civilOffsetMs: given('civilOffsetMs'),
  graceSeconds: given('graceSeconds'),
  removing: given('removing'),
});
const shared = await declared(catalogue);
// Said before a second is spent on bundling what cannot be deployed.
refuse(catalogue, shared);
const bundles = await bundleFunctions(catalogue, join(app.outdir, 'functions'));
buildSystem(app, {
  stage,
  catalogue,
  declared: shared,
  code: ({ context, name }) => Code.fromAsset(bundles.get(`${context}/${name}`) as string),
});
