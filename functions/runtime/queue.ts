import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueName, QueuePort } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import { clientSettings, once } from './clients.ts';
import { environment } from './env.ts';

const sqs = once(() => new SQSClient({ ...clientSettings(), useQueueUrlAsEndpoint: false }));

/** A queue's address follows from its name: no look-up at a cold start. */
const urlOf = (name: string): string => {
  const { AWS_REGION, AWS_ENDPOINT_URL, PREAU_ACCOUNT } = environment();
  return `${AWS_ENDPOINT_URL ?? `https://sqs.${AWS_REGION}.amazonaws.com`}/${PREAU_ACCOUNT}/${name}`;
};

const send = async (name: string, message: unknown, delay = 0): Promise<void> => {
  await sqs().send(
    new SendMessageCommand({
      QueueUrl: urlOf(name),
      MessageBody: JSON.stringify(message),
      ...(delay > 0 && { DelaySeconds: Math.min(900, Math.ceil(delay)) }),
    }),
  );
};

export const sqsQueue = (queue: QueueName): QueuePort => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  return { send: (message, delay) => send(names(PREAU_STAGE, PREAU_ACCOUNT).queue(queue), message, delay) };
};

/** The deployment's one failure queue. */
export const sendToFailures = (envelope: unknown): Promise<void> => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  return send(names(PREAU_STAGE, PREAU_ACCOUNT).failures, envelope);
};
