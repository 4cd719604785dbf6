import { CloudFrontClient, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';

/** The headers that the deployed distribution adds on its way to the API: the local gateway sends the same. */
export async function originHeaders(distributionId: string): Promise<Record<string, string>> {
  const { DistributionConfig } = await new CloudFrontClient({}).send(new GetDistributionConfigCommand({ Id: distributionId }));
  const api = DistributionConfig?.CacheBehaviors?.Items?.find(({ PathPattern }) => PathPattern?.startsWith('/api'));
  const origin = DistributionConfig?.Origins?.Items?.find(({ Id }) => Id === api?.TargetOriginId);
  const headers = origin?.CustomHeaders?.Items ?? [];
  return Object.fromEntries(headers.map(({ HeaderName, HeaderValue }) => [HeaderName?.toLowerCase() ?? '', HeaderValue ?? '']));
}
