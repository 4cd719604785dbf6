/** A message of the failure queue, as SQS hands it over. */
export interface FailureMessage {
  readonly body: string;
  /** SQS's own facts: `DeadLetterQueueSourceArn`, `ApproximateReceiveCount` … */
  readonly attributes: Readonly<Record<string, string>>;
  /** What the sender attached. */
  readonly messageAttributes: Readonly<Record<string, string>>;
}

/**
 * Where a failed thing came from and what it takes to send it back there. Each failure path of the design has its own
 * form: EventBridge's target queue, Lambda's on-failure destination, an SQS redrive policy, a stream mapping's metadata,
 * the relay's own record, an SNS subscription's queue, EventBridge Scheduler's queue.
 */
export type Envelope =
  | { readonly kind: 'undelivered-event'; readonly functionArn: string; readonly payload: unknown; readonly cause: string }
  | { readonly kind: 'failed-invocation'; readonly functionArn: string; readonly payload: unknown; readonly cause: string }
  | { readonly kind: 'queue-message'; readonly queueArn: string; readonly body: string; readonly cause: string }
  | {
      readonly kind: 'stream-batch';
      readonly functionArn: string;
      readonly streamArn: string;
      readonly shardId: string;
      readonly from: string;
      readonly to: string;
      readonly size: number;
      readonly cause: string;
    }
  | { readonly kind: 'unmapped-record'; readonly context: string; readonly record: unknown; readonly cause: string }
  | { readonly kind: 'undelivered-feedback'; readonly notification: unknown; readonly cause: string }
  | { readonly kind: 'missed-schedule'; readonly cause: string }
  | { readonly kind: 'unknown'; readonly cause: string };

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

/** Lambda names the version that ran; it is the function that is called again. */
const unqualified = (arn: string): string => arn.split(':').slice(0, 7).join(':');

export function readEnvelope({ body: raw, attributes, messageAttributes }: FailureMessage): Envelope {
  const body = fields(parse(raw));
  const target = messageAttributes.TARGET_ARN ?? '';
  const cause = [messageAttributes.ERROR_CODE, messageAttributes.ERROR_MESSAGE].filter(Boolean).join(': ');

  const queueArn = attributes.DeadLetterQueueSourceArn;
  if (queueArn)
    return { kind: 'queue-message', queueArn, body: raw, cause: `received ${attributes.ApproximateReceiveCount ?? 'too many'} times` };

  const context = fields(body.requestContext);
  const batch = fields(body.DDBStreamBatchInfo);
  const functionArn = unqualified(text(context.functionArn));
  if (text(batch.streamArn)) {
    return {
      kind: 'stream-batch',
      functionArn,
      streamArn: text(batch.streamArn),
      shardId: text(batch.shardId),
      from: text(batch.startSequenceNumber),
      to: text(batch.endSequenceNumber),
      size: Number(batch.batchSize ?? 1),
      cause: text(context.condition),
    };
  }
  if (functionArn && 'requestPayload' in body) {
    const { errorType } = fields(body.responsePayload);
    return {
      kind: 'failed-invocation',
      functionArn,
      payload: body.requestPayload,
      cause: [text(context.condition), text(errorType)].filter(Boolean).join(': '),
    };
  }
  if ('detail-type' in body && target) return { kind: 'undelivered-event', functionArn: unqualified(target), payload: body, cause };
  if (text(body.Type) === 'Notification' && text(body.TopicArn)) {
    return { kind: 'undelivered-feedback', notification: body, cause };
  }
  if (body.kind === 'unmapped-record' && text(body.context)) {
    return { kind: 'unmapped-record', context: text(body.context), record: body.record, cause: 'the relay could not map it' };
  }
  if (target.includes(':scheduler:') || target.includes(':lambda:')) return { kind: 'missed-schedule', cause };
  return { kind: 'unknown', cause: 'no known form' };
}
