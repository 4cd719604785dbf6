import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Context, names } from '../../shared/kernel/index.ts';
import type { Envelope } from './envelope.ts';
import { readStream, type StreamRecord } from './read-stream.ts';

/** What sending back needs of AWS. */
export interface Returns {
  /** Calls a function; when awaited, throws if it fails. */
  invoke(functionName: string, payload: unknown, awaited: boolean): Promise<void>;
  send(queueArn: string, body: string): Promise<void>;
  read(range: { streamArn: string; shardId: string; from: string; to: string }): Promise<StreamRecord[]>;
}

export const returns = (): Returns => {
  const lambda = new LambdaClient({});
  const sqs = new SQSClient({});
  return {
    async invoke(FunctionName, payload, awaited) {
      const answer = await lambda.send(
        new InvokeCommand({
          FunctionName,
          InvocationType: awaited ? 'RequestResponse' : 'Event',
          Payload: Buffer.from(JSON.stringify(payload)),
        }),
      );
      const body = answer.Payload ? Buffer.from(answer.Payload).toString() : '';
      if (answer.FunctionError) throw new Error(`${FunctionName} failed again: ${body.slice(0, 300)}`);
      if (awaited && (JSON.parse(body || 'null') as { batchItemFailures?: unknown[] } | null)?.batchItemFailures?.length) {
        throw new Error(`${FunctionName} could not take it again`);
      }
    },
    async send(queueArn, body) {
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueArn.split(':').at(-1) }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    },
    read: readStream,
  };
};

/**
 * Sends one failed thing back where it came from and answers what was done. Throws when it fails again: the message then
 * stays in the failure queue.
 */
export async function sendBack(
  envelope: Envelope,
  { stage, catalogue, to }: { stage: string; catalogue: readonly Context[]; to: Returns },
): Promise<string> {
  switch (envelope.kind) {
    case 'undelivered-event':
    case 'failed-invocation':
      await to.invoke(envelope.functionArn, envelope.payload, false);
      return `called ${envelope.functionArn.split(':').at(-1)} again`;
    case 'queue-message':
      await to.send(envelope.queueArn, envelope.body);
      return `queued again in ${envelope.queueArn.split(':').at(-1)}`;
    case 'unmapped-record': {
      const relay = names(stage, '').function(envelope.context, 'relay');
      await to.invoke(relay, { Records: [envelope.record] }, true);
      return `relayed again by ${relay}`;
    }
    case 'stream-batch': {
      const records = await to.read(envelope);
      if (records.length === 0) return 'older than the stream keeps (24 h): reconciliation repairs what it lost';
      await to.invoke(envelope.functionArn, { Records: records }, true);
      return `${records.length} of ${envelope.size} records relayed again by ${envelope.functionArn.split(':').at(-1)}`;
    }
    case 'undelivered-feedback': {
      const named = names(stage, '');
      const functions = catalogue.flatMap(({ name, feedback }) => Object.keys(feedback ?? {}).map((entry) => named.function(name, entry)));
      for (const one of functions)
        await to.invoke(one, { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: envelope.notification }] }, false);
      return `called ${functions.join(', ')} again`;
    }
    case 'missed-schedule':
      return 'dropped: its next run does the same work';
    case 'unknown':
      throw new Error('its form is not known: read it in the queue and decide by hand');
  }
}
