import { parseArgs } from 'node:util';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { names } from '../../shared/kernel/index.ts';
import { catalogue } from '../catalogue.ts';
import { parsed } from './arguments.ts';
import { type FailureMessage, readEnvelope } from './envelope.ts';
import { command, Refusal, table } from './progress.ts';
import { reach } from './reach.ts';
import { returns, sendBack } from './send-back.ts';

/** Long enough that one run does not meet a message twice. */
const HIDDEN = 300;

const asFailure = ({ Body = '', Attributes = {}, MessageAttributes = {} }: Message): FailureMessage => ({
  body: Body,
  attributes: Attributes,
  messageAttributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue])),
});

await command(async () => {
  const { values } = parsed(() =>
    parseArgs({
      args: process.argv.slice(2),
      options: {
        stage: { type: 'string' },
        region: { type: 'string', default: 'eu-west-3' },
        system: { type: 'string', default: '.preau' },
        'dry-run': { type: 'boolean', default: false },
      },
    }),
  );
  const stage = reach(values.stage, values.system, values.region);
  const dry = values['dry-run'];
  const sqs = new SQSClient({});
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: names(stage, '').failures })).catch((error: Error) => {
    throw new Refusal(`The failure queue of the stage "${stage}" cannot be reached (${error.message}).`);
  });
  const to = returns();
  const began = Date.now();
  const seen: (string | undefined)[] = [];
  const rows: string[][] = [];
  let failed = 0;
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) {
      seen.push(message.ReceiptHandle);
      const envelope = readEnvelope(asFailure(message));
      // What was filed since then failed again: sending it back once more would never end.
      if (Number(message.Attributes?.SentTimestamp ?? 0) > began) {
        failed += 1;
        rows.push([envelope.kind, envelope.cause || '–', 'came back: it failed again']);
        continue;
      }
      try {
        const done = dry ? 'would be sent back' : await sendBack(envelope, { stage, catalogue, to });
        if (!dry) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        rows.push([envelope.kind, envelope.cause || '–', done]);
      } catch (error) {
        failed += 1;
        rows.push([envelope.kind, envelope.cause || '–', `kept: ${(error as Error).message}`]);
      }
    }
  }
  // A dry run only looks: what it saw is there for the next.
  if (dry)
    for (const ReceiptHandle of seen) await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  console.log(rows.length === 0 ? 'The failure queue is empty.' : table([['What', 'Why it failed', 'Done'], ...rows]));
  if (failed > 0) throw new Refusal(`${failed} of ${rows.length} stay in the failure queue.`);
});
