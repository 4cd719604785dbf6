/** A finding of cdk-nag that is meant, and why. */
export interface Acknowledgement {
  /** The rule with its finding, as cdk-nag prints it. */
  readonly rule: RegExp;
  /** The path of the construct. */
  readonly where: RegExp;
  readonly reason: string;
}

/** All of them: a finding that none of these covers fails a test, and so does one of these that covers nothing. */
export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    rule: /^AwsSolutions-COG1$/,
    where: /^Platform\/Pool-/,
    reason:
      'Length protects (10 characters for pupils, 12 for adults), composition rules do not: NIST SP 800-63B and the CNIL’s passphrase case. Attempts are limited.',
  },
  {
    rule: /^AwsSolutions-COG2$/,
    where: /^Platform\/Pool-(pupil|guardian|teacher)\//,
    reason:
      'A child or a parent without a smartphone must get in; teachers are offered a second factor; staff and authority must have one.',
  },
  {
    rule: /^AwsSolutions-COG8$/,
    where: /^Platform\/Pool-/,
    reason: 'Cognito is most of the bill above 10,000 accounts: LITE on purpose, and `session` limits attempts itself.',
  },
  {
    rule: /^(AwsSolutions-APIG1|Serverless-APIGWAccessLogging)$/,
    where: /^Platform\/ApiStage$/,
    reason:
      '`serve` writes one line a request, without personal data; a second one by the API would double the cost of logs and hold addresses.',
  },
  {
    rule: /^AwsSolutions-APIG4$/,
    where: /^Context-[a-z]+\/Route-public$/,
    reason: 'Sign-in, activation and signed links come before any token; each route behind it says `public` in its declaration.',
  },
  {
    rule: /^AwsSolutions-CFR1$/,
    where: /^Web\/Distribution\//,
    reason: 'Families travel, and schools of France lie on five continents: nobody is shut out by country.',
  },
  {
    rule: /^AwsSolutions-CFR2$/,
    where: /^Web\/Distribution\//,
    reason:
      'An always-on WAF costs more than the rest at rest; the API throttles and `session` limits attempts. It is an option of the operator.',
  },
  {
    rule: /^AwsSolutions-CFR3$/,
    where: /^Web\/Distribution\//,
    reason: 'Logs of the distribution would keep the addresses of children; what a person does is in the API’s own lines, by id.',
  },
  {
    rule: /^AwsSolutions-CFR4$/,
    where: /^Web\/Distribution\//,
    reason: 'CloudFront fixes the protocol of its own domain; with a certificate of one’s own, TLS 1.2 of 2021 is the least it takes.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:logs:.+:log-group:\/aws\/lambda\/preau-[a-z0-9-]+:\*\]$/,
    where: /^Context-[a-z]+\/Role-/,
    reason: 'The streams of the function’s own log group: Lambda names them as it goes.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:s3:::preau-[a-z0-9-]+\/\*\]$/,
    where: /^Context-[a-z]+\/Role-/,
    reason: 'The objects of one bucket, whose keys begin with a school: the verbs are those that the entry was granted.',
  },
  {
    rule: /^(AwsSolutions-IAM5\[Resource::\*\]|Serverless-LambdaStarPermissions)$/,
    where: /^Context-[a-z]+\/Role-/,
    reason:
      'dynamodb:ListStreams, ses:GetSendQuota and sns:Publish to a telephone know no resource; a test says that no other action has a star.',
  },
  {
    rule: /^AwsSolutions-S1$/,
    where: /^(Platform\/Bucket-|Web\/Site\/)/,
    reason:
      'Access logs of buckets would hold addresses and cost; the site is public and the other buckets are reached by signed requests only.',
  },
  {
    rule: /^Serverless-LambdaDLQ$/,
    where: /^Context-[a-z]+\/Function-/,
    reason:
      'The rule looks for a dead-letter queue on the function; ours fail to the failure queue by an on-failure destination, which keeps the error beside the event.',
  },
  {
    rule: /^Serverless-LambdaEventSourceMappingDestination$/,
    where: /^Context-[a-z]+\/Mapping-/,
    reason: 'A queue’s mapping has none: its messages go to the failure queue by the queue’s own redrive policy.',
  },
  {
    rule: /^Serverless-LambdaTracing$/,
    where: /^Context-[a-z]+\/Function-/,
    reason: 'X-Ray costs time on each call and money on each trace; ids in the log lines tie a roll call to its mails.',
  },
  {
    rule: /^(AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)$/,
    where: /^Platform\/Failures\//,
    reason: 'It is itself where undelivered things go; an alarm says that something is in it.',
  },
];
