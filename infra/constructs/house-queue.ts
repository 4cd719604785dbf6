import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { names, type QueueName } from '../../shared/kernel/index.ts';
import type { Stage } from '../stages.ts';

/** Six times a worker's 30 s, as Lambda asks: a message being worked on is not shown to a second worker. */
const VISIBILITY = Duration.seconds(180);

/** The one queue where whatever could not be handed on waits to be read and redriven: 14 days, the longest there is. */
export const failureQueue = (scope: Construct, stage: Stage): Queue =>
  new Queue(scope, 'Failures', {
    queueName: names(stage.name, stage.account).failures,
    enforceSSL: !stage.local,
    retentionPeriod: Duration.days(14),
    visibilityTimeout: VISIBILITY,
    removalPolicy: stage.removal,
  });

/** A queue of mail to send. What five attempts could not send goes to the failure queue. */
export const mailQueue = (scope: Construct, stage: Stage, name: QueueName, failures: Queue): Queue =>
  new Queue(scope, `Queue-${name}`, {
    queueName: names(stage.name, stage.account).queue(name),
    enforceSSL: !stage.local,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: VISIBILITY,
    receiveMessageWaitTime: Duration.seconds(20),
    deadLetterQueue: { queue: failures, maxReceiveCount: 5 },
    removalPolicy: stage.removal,
  });
