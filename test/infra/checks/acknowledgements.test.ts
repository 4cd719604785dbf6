import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { ACKNOWLEDGEMENTS } from '../../../infra/checks/acknowledgements.ts';
import { synthesise } from '../synthesise.ts';
import { toyCatalogue } from '../toy-context.ts';

const { app } = synthesise(toyCatalogue);
const findings = [AwsSolutionsChecks, ServerlessChecks].flatMap((Pack) =>
  new Pack(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map((at) => ({ rule: ruleName, where: at.constructPath ?? '' })),
    ),
);

describe('cdk-nag, AwsSolutions and Serverless', () => {
  it('finds something: a pack that finds nothing at all was not run', () => {
    expect(findings.length).toBeGreaterThan(0);
  });

  it('finds nothing that is not acknowledged with a reason', () => {
    expect(findings.filter(({ rule, where }) => !ACKNOWLEDGEMENTS.some((one) => one.rule.test(rule) && one.where.test(where)))).toEqual([]);
  });

  it('keeps no acknowledgement that covers nothing', () => {
    const stale = ACKNOWLEDGEMENTS.filter((one) => !findings.some(({ rule, where }) => one.rule.test(rule) && one.where.test(where)));
    expect(stale.map(({ rule }) => rule.source)).toEqual([]);
  });

  it('gives each a reason one can disagree with', () => {
    for (const { reason } of ACKNOWLEDGEMENTS) expect(reason.length).toBeGreaterThan(40);
  });
});
