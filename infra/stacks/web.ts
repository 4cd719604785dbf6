import { readFileSync } from 'node:fs';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  type ResponseCustomHeader,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { names } from '../../shared/kernel/index.ts';
import { privately, UPLOADS } from '../constructs/house-bucket.ts';
import { houseStack } from '../constructs/house-stack.ts';
import type { Stage } from '../stages.ts';
import type { PlatformStack } from './platform.ts';

const ORIGIN_HEADER = 'x-preau-origin';

/**
 * The site's policy. The shell's one inline script is allowed by a hash in the page's own meta policy, which changes
 * with each build and so travels with it; a browser applies both, so the stricter `script-src` of the page holds.
 */
const contentSecurityPolicy = (uploads: string) =>
  [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${uploads}`,
    `form-action 'self' ${uploads}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const PERMISSIONS: ResponseCustomHeader = {
  header: 'Permissions-Policy',
  value: 'accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  override: true,
};

const SECURITY = {
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
};

/** What browsers reach: one origin for the site and the API. */
export class WebStack extends Stack {
  readonly siteUrl: string;

  constructor(scope: Construct, stage: Stage, platform: PlatformStack) {
    super(scope, 'Web', houseStack(stage, 'web', 'Préau: the site and the one origin before it and the API'));
    const named = names(stage.name, stage.account);
    const bucket = new Bucket(this, 'Site', {
      ...privately(stage),
      bucketName: named.bucket('site'),
    });
    const uploads = stage.local
      ? 'http://127.0.0.1:* http://localhost:* http://*.localhost:*'
      : UPLOADS.map((name) => `https://${named.bucket(name)}.s3.${this.region}.amazonaws.com`).join(' ');
    const pages = new ResponseHeadersPolicy(this, 'PageHeaders', {
      responseHeadersPolicyName: `${named.bus}-pages`,
      securityHeadersBehavior: {
        ...SECURITY,
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(uploads), override: true },
      },
      customHeadersBehavior: {
        customHeaders: [PERMISSIONS, { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true }],
      },
    });
    const answers = new ResponseHeadersPolicy(this, 'ApiHeaders', {
      responseHeadersPolicyName: `${named.bus}-api`,
      // The few pages that the API answers itself say their own content policy and referrer.
      securityHeadersBehavior: { ...SECURITY, referrerPolicy: { ...SECURITY.referrerPolicy, override: false } },
      customHeadersBehavior: { customHeaders: [PERMISSIONS] },
    });
    const fallback = new EdgeFunction(this, 'SpaFallback', {
      functionName: `${named.bus}-spa-fallback`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(readFileSync(new URL('../constructs/spa-fallback.js', import.meta.url), 'utf8')),
    });
    const own = stage.siteUrl !== undefined && stage.certificate !== undefined ? new URL(stage.siteUrl).hostname : undefined;
    const distribution = new Distribution(this, 'Distribution', {
      comment: named.bus,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(own === undefined
        ? {}
        : { domainNames: [own], certificate: Certificate.fromCertificateArn(this, 'Certificate', stage.certificate as string) }),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: pages,
        functionAssociations: [{ function: fallback, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        '/api/*': {
          origin: new HttpOrigin(platform.apiHost, {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            customHeaders: { [ORIGIN_HEADER]: platform.originSecret },
          }),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy: answers,
        },
      },
    });
    this.siteUrl = stage.siteUrl ?? `https://${distribution.distributionDomainName}`;
    new CfnOutput(this, 'SiteBucket', { value: bucket.bucketName });
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId });
    new CfnOutput(this, 'DistributionDomain', { value: distribution.distributionDomainName });
    new CfnOutput(this, 'SiteUrl', { value: this.siteUrl });
  }
}
