import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stageOf } from '../../../infra/stages.ts';
import { resourcesOf, SETTINGS, synthesise } from '../synthesise.ts';
import { toyCatalogue } from '../toy-context.ts';

const resources = resourcesOf(synthesise(toyCatalogue).stacks.slice(0, 1));
const of = (type: string) => resources.filter(({ Type }) => Type === type);
const pool = (door: string) =>
  of('AWS::Cognito::UserPool').find(({ Properties }) => Properties.UserPoolName === `preau-demo-${door}`)?.Properties;

describe('the five doors', () => {
  it('are five pools with Lite features', () => {
    expect(of('AWS::Cognito::UserPool')).toHaveLength(5);
    for (const { Properties } of of('AWS::Cognito::UserPool')) {
      expect(Properties.UserPoolTier).toBe('LITE');
      expect(Properties.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
      expect(Properties.DeletionProtection).toBe('ACTIVE');
      expect(Properties.AccountRecoverySetting.RecoveryMechanisms).toEqual([{ Name: 'admin_only', Priority: 1 }]);
    }
  });

  it('ask staff and authority for a second factor, offer it to teachers, spare pupils and guardians', () => {
    expect(['pupil', 'guardian', 'teacher', 'staff', 'authority'].map((door) => pool(door)?.MfaConfiguration)).toEqual([
      'OFF',
      'OFF',
      'OPTIONAL',
      'ON',
      'ON',
    ]);
    for (const door of ['teacher', 'staff', 'authority']) expect(pool(door)?.EnabledMfas).toEqual(['SOFTWARE_TOKEN_MFA']);
  });

  it('open to one client each, which has a secret, only the admin flow, and tells nobody whether a login exists', () => {
    const clients = of('AWS::Cognito::UserPoolClient');
    expect(clients).toHaveLength(5);
    for (const { Properties } of clients) {
      expect(Properties).toMatchObject({
        GenerateSecret: true,
        ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
        AccessTokenValidity: 10,
        AllowedOAuthFlowsUserPoolClient: false,
      });
      expect(Properties.TokenValidityUnits).toMatchObject({ AccessToken: 'minutes', RefreshToken: 'minutes' });
    }
    const refresh = Object.fromEntries(
      clients.map(({ id, Properties }) => [/^Pool(\w+?)session/.exec(id)?.[1], Properties.RefreshTokenValidity]),
    );
    const [month, day] = [30 * 24 * 60, 12 * 60];
    expect(refresh).toEqual({ pupil: month, guardian: month, teacher: month, staff: day, authority: day });
  });

  it('each have an authorizer that knows one pool and one client', () => {
    const authorizers = of('AWS::ApiGatewayV2::Authorizer');
    expect(authorizers).toHaveLength(5);
    for (const { Properties } of authorizers) {
      expect(Properties.AuthorizerType).toBe('JWT');
      expect(Properties.JwtConfiguration.Audience).toHaveLength(1);
      expect(JSON.stringify(Properties.JwtConfiguration.Issuer)).toContain(`Pool${Properties.Name}`);
    }
  });
});

describe('the API', () => {
  it('answers no other origin: no CORS', () => {
    for (const { Properties } of of('AWS::ApiGatewayV2::Api')) expect(Properties).not.toHaveProperty('CorsConfiguration');
  });

  it('throttles', () => {
    for (const { Properties } of of('AWS::ApiGatewayV2::Stage'))
      expect(Properties.DefaultRouteSettings).toMatchObject({ ThrottlingBurstLimit: 1000, ThrottlingRateLimit: 500 });
  });
});

describe('queues, topics and buckets', () => {
  it('refuse what does not come over TLS', () => {
    const policies = [...of('AWS::SQS::QueuePolicy'), ...of('AWS::S3::BucketPolicy'), ...of('AWS::SNS::TopicPolicy')];
    expect(policies).toHaveLength(of('AWS::SQS::Queue').length + of('AWS::S3::Bucket').length + of('AWS::SNS::Topic').length);
    for (const { Properties } of policies) {
      const denied = Properties.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Deny');
      expect(denied.map(({ Condition }: { Condition: unknown }) => Condition)).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    }
  });

  it('keep files private, and not for ever', () => {
    expect(of('AWS::S3::Bucket')).toHaveLength(4);
    for (const { Properties } of of('AWS::S3::Bucket')) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties.LifecycleConfiguration.Rules[0].ExpirationInDays).toBeGreaterThan(0);
    }
  });

  it('let a browser of any origin post imports and proofs by script, and nothing else', () => {
    const open = of('AWS::S3::Bucket').filter(({ Properties }) => Properties.CorsConfiguration !== undefined);
    expect(open.map(({ Properties }) => Properties.BucketName)).toEqual([
      'preau-demo-imports-123456789012',
      'preau-demo-proofs-123456789012',
    ]);
    for (const { Properties } of open) expect(Properties.CorsConfiguration.CorsRules[0].AllowedMethods).toEqual(['POST']);
  });
});

describe('mail', () => {
  it('says what became of each, over one topic', () => {
    const [destination] = of('AWS::SES::ConfigurationSetEventDestination');
    expect(destination?.Properties.EventDestination.MatchingEventTypes).toEqual(
      expect.arrayContaining(['delivery', 'bounce', 'complaint']),
    );
    expect(destination?.Properties.EventDestination.SnsDestination).toBeDefined();
  });

  it('tells SES of its topic once SES may write to it', () => {
    const [destination] = of('AWS::SES::ConfigurationSetEventDestination');
    const [policy] = of('AWS::SNS::TopicPolicy').filter(({ Properties }) => JSON.stringify(Properties).includes('ses.amazonaws.com'));
    expect(policy).toBeDefined();
    expect(destination?.DependsOn).toContain(policy?.id);
  });

  it('comes from the sender’s domain, from the address alone, or from what the account has verified already', () => {
    expect(of('AWS::SES::EmailIdentity')[0]?.Properties.EmailIdentity).toBe('ent.example.fr');
    const [address, existing] = (['address', 'existing'] as const).map((identity) =>
      synthesise(toyCatalogue, stageOf({ ...SETTINGS, identity })).stacks.slice(0, 1),
    ) as [Stack[], Stack[]];
    expect(resourcesOf(address).filter(({ Type }) => Type === 'AWS::SES::EmailIdentity')).toMatchObject([
      { Properties: { EmailIdentity: 'vie-scolaire@ent.example.fr' } },
    ]);
    expect(JSON.stringify(Template.fromStack(address[0] as Stack).toJSON())).not.toContain('DkimRecord');
    expect(resourcesOf(existing).filter(({ Type }) => Type === 'AWS::SES::EmailIdentity')).toEqual([]);
  });
});
