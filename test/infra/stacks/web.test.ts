import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesise } from '../synthesise.ts';
import { toyCatalogue } from '../toy-context.ts';

const { stacks } = synthesise(toyCatalogue);
const resources = resourcesOf(stacks.slice(1, 2));
const of = (type: string) => resources.filter(({ Type }) => Type === type);
const config = of('AWS::CloudFront::Distribution')[0]?.Properties.DistributionConfig;
const api = config.CacheBehaviors[0];
const origin = (id: string) => config.Origins.find(({ Id }: { Id: string }) => Id === id);

describe('the distribution', () => {
  it('has no error responses: they would turn an API’s 404 into a page', () => {
    expect(config.CustomErrorResponses).toBeUndefined();
  });

  it('finds pages by a function on the site’s behaviour, and on no other', () => {
    expect(config.DefaultCacheBehavior.FunctionAssociations).toHaveLength(1);
    expect(config.DefaultCacheBehavior.FunctionAssociations[0].EventType).toBe('viewer-request');
    expect(api.FunctionAssociations).toBeUndefined();
  });

  it('sends /api to the API uncached, with all that the viewer said but the host, and the origin’s secret', () => {
    expect(config.CacheBehaviors).toHaveLength(1);
    expect(api).toMatchObject({
      PathPattern: '/api/*',
      // Managed policies: CachingDisabled, AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
    });
    expect(api.AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));
    const headers = origin(api.TargetOriginId).OriginCustomHeaders;
    expect(headers.map(({ HeaderName }: { HeaderName: string }) => HeaderName)).toEqual(['x-preau-origin']);
    expect(origin(api.TargetOriginId).CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
  });

  it('tells the API and the functions the same secret, which no template holds', () => {
    const [web, functions] = [stacks[1], stacks[2]].map((stack) => JSON.stringify(resourcesOf(stack ? [stack] : [])));
    const secret = /"Fn::Select":\[2,\{"Fn::Split":\["\/",\{"Fn::ImportValue":"([^"]+)"/;
    expect(secret.exec(web ?? '')?.[1]).toBeDefined();
    expect(secret.exec(functions ?? '')?.[1]).toBe(secret.exec(web ?? '')?.[1]);
  });

  it('reads the private bucket of the site by origin access control', () => {
    expect(of('AWS::CloudFront::OriginAccessControl')).toHaveLength(1);
    expect(origin(config.DefaultCacheBehavior.TargetOriginId).OriginAccessControlId).toBeDefined();
    expect(of('AWS::S3::Bucket')[0]?.Properties.PublicAccessBlockConfiguration.RestrictPublicBuckets).toBe(true);
  });

  it('sends everything over TLS', () => {
    expect(config.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
    const denied = of('AWS::S3::BucketPolicy')[0]?.Properties.PolicyDocument.Statement.find(
      ({ Effect }: { Effect: string }) => Effect === 'Deny',
    );
    expect(denied.Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
  });
});

describe('the headers of pages', () => {
  const [pages, answers] = of('AWS::CloudFront::ResponseHeadersPolicy').map(({ Properties }) => Properties.ResponseHeadersPolicyConfig);

  it('say where a page may load from, that nobody frames it, and that it stays on TLS', () => {
    const security = pages.SecurityHeadersConfig;
    expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toMatch(
      /^default-src 'self';.*object-src 'none'.*frame-ancestors 'none'$/,
    );
    expect(security.FrameOptions.FrameOption).toBe('DENY');
    expect(security.StrictTransportSecurity.AccessControlMaxAgeSec).toBeGreaterThanOrEqual(63_072_000);
    expect(security.ContentTypeOptions.Override).toBe(true);
  });

  it('let pages send files to the buckets that answer them, and nowhere else', () => {
    const [, connect] = /connect-src ([^;]*);/.exec(pages.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy) ?? [];
    const answering = resourcesOf(stacks.slice(0, 1)).filter(
      ({ Type, Properties }) => Type === 'AWS::S3::Bucket' && Properties.CorsConfiguration,
    );
    expect(connect?.split(' ').sort()).toEqual(
      ["'self'", ...answering.map(({ Properties }) => `https://${Properties.BucketName}.s3.eu-west-3.amazonaws.com`)].sort(),
    );
    expect(answering).toHaveLength(2);
  });

  it('leave the pages that the API answers their own content policy', () => {
    expect(answers.SecurityHeadersConfig.ContentSecurityPolicy).toBeUndefined();
    expect(answers.CorsConfig).toBeUndefined();
    expect(pages.CorsConfig).toBeUndefined();
  });
});
