import { describe, expect, it } from 'vitest';
import { type Envelope, readEnvelope } from '../../../infra/local/envelope.ts';
import { type Returns, sendBack } from '../../../infra/local/send-back.ts';
import type { Context } from '../../../shared/kernel/index.ts';

const message = (body: unknown, messageAttributes: Record<string, string> = {}, attributes: Record<string, string> = {}) => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  messageAttributes,
  attributes,
});

const ARN = 'arn:aws:lambda:eu-west-3:111122223333:function:preau-demo-notifications-on-absence-opened';
const STREAM = 'arn:aws:dynamodb:eu-west-3:111122223333:table/preau-demo-attendance/stream/2026-09-01T00:00:00.000';
const event = { version: '0', id: 'e', 'detail-type': 'attendance.absence-opened', source: 'preau.attendance', detail: { id: 'a' } };
const record = { eventID: '1', eventName: 'INSERT', eventSourceARN: STREAM, dynamodb: { SequenceNumber: '100' } };

describe('an envelope of the failure queue', () => {
  it('is an event that a rule could not deliver, with the target it was for', () => {
    const read = readEnvelope(
      message(event, { TARGET_ARN: ARN, RULE_ARN: 'arn:rule', ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'denied' }),
    );
    expect(read).toEqual({ kind: 'undelivered-event', functionArn: ARN, payload: event, cause: 'NO_PERMISSIONS: denied' });
  });

  it('is an invocation that failed, with the payload it was given', () => {
    const read = readEnvelope(
      message({
        version: '1.0',
        requestContext: { functionArn: `${ARN}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        requestPayload: event,
        responsePayload: { errorType: 'Failure', errorMessage: 'x' },
      }),
    );
    expect(read).toEqual({ kind: 'failed-invocation', functionArn: ARN, payload: event, cause: 'RetriesExhausted: Failure' });
  });

  it('is a mail that a worker gave up, whatever its body looks like', () => {
    const queueArn = 'arn:aws:sqs:eu-west-3:111122223333:preau-demo-urgent';
    const read = readEnvelope(message(event, {}, { DeadLetterQueueSourceArn: queueArn, ApproximateReceiveCount: '6' }));
    expect(read).toEqual({ kind: 'queue-message', queueArn, body: JSON.stringify(event), cause: 'received 6 times' });
  });

  it('is a stream batch of which only the place is known', () => {
    const read = readEnvelope(
      message({
        requestContext: { functionArn: ARN, condition: 'RecordAgeExceeded' },
        DDBStreamBatchInfo: { shardId: 's-1', startSequenceNumber: '100', endSequenceNumber: '109', batchSize: 10, streamArn: STREAM },
      }),
    );
    expect(read).toEqual({
      kind: 'stream-batch',
      functionArn: ARN,
      streamArn: STREAM,
      shardId: 's-1',
      from: '100',
      to: '109',
      size: 10,
      cause: 'RecordAgeExceeded',
    });
  });

  it('is a record that the relay could not map, whole', () => {
    expect(readEnvelope(message({ kind: 'unmapped-record', context: 'attendance', record }))).toMatchObject({
      kind: 'unmapped-record',
      context: 'attendance',
      record,
    });
  });

  it('is feedback about a mail that SNS could not deliver', () => {
    const notification = { Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-3:111122223333:preau-demo-feedback', Message: '{}' };
    expect(readEnvelope(message(notification))).toMatchObject({ kind: 'undelivered-feedback', notification });
  });

  it.each([['not JSON'], ['[]'], ['null'], ['{}'], ['{"detail-type":"x"}']])('is unknown when it has no known form: %s', (body) => {
    expect(readEnvelope(message(body)).kind).toBe('unknown');
  });
});

const catalogue = [
  { name: 'attendance' },
  { name: 'notifications', feedback: { 'record-feedback': { feedback: 'mail', grants: [], loses: '' } } },
] as readonly Context[];

function recorder(answers: { read?: readonly (typeof record)[]; fails?: boolean } = {}) {
  const did: unknown[] = [];
  const to: Returns = {
    async invoke(functionName, payload, awaited) {
      did.push({ functionName, payload, awaited });
      if (answers.fails) throw new Error('failed again');
    },
    async send(queueArn, body) {
      did.push({ queueArn, body });
    },
    async read() {
      return [...(answers.read ?? [])];
    },
  };
  return { did, back: (envelope: Envelope) => sendBack(envelope, { stage: 'demo', catalogue, to }) };
}

describe('sending back', () => {
  it('calls the function an event was for, without waiting', async () => {
    const { did, back } = recorder();
    await back({ kind: 'undelivered-event', functionArn: ARN, payload: event, cause: '' });
    expect(did).toEqual([{ functionName: ARN, payload: event, awaited: false }]);
  });

  it('queues a mail again where it waited before', async () => {
    const { did, back } = recorder();
    await back({ kind: 'queue-message', queueArn: 'arn:aws:sqs:r:a:preau-demo-urgent', body: 'b', cause: '' });
    expect(did).toEqual([{ queueArn: 'arn:aws:sqs:r:a:preau-demo-urgent', body: 'b' }]);
  });

  it('gives the relay of the table its record and waits for what it says', async () => {
    const { did, back } = recorder();
    await back({ kind: 'unmapped-record', context: 'attendance', record, cause: '' });
    expect(did).toEqual([{ functionName: 'preau-demo-attendance-relay', payload: { Records: [record] }, awaited: true }]);
  });

  it('relays the records of a batch that the stream still holds', async () => {
    const { did, back } = recorder({ read: [record] });
    const done = await back({
      kind: 'stream-batch',
      functionArn: ARN,
      streamArn: STREAM,
      shardId: 's',
      from: '1',
      to: '2',
      size: 1,
      cause: '',
    });
    expect(did).toEqual([{ functionName: ARN, payload: { Records: [record] }, awaited: true }]);
    expect(done).toContain('1 of 1 records');
  });

  it('leaves a batch that the stream has forgotten to the reconciliation', async () => {
    const { did, back } = recorder();
    const done = await back({
      kind: 'stream-batch',
      functionArn: ARN,
      streamArn: STREAM,
      shardId: 's',
      from: '1',
      to: '2',
      size: 1,
      cause: '',
    });
    expect(did).toEqual([]);
    expect(done).toContain('reconciliation');
  });

  it('tells every feedback function again, in the form SNS would', async () => {
    const { did, back } = recorder();
    await back({ kind: 'undelivered-feedback', notification: { Message: '{}' }, cause: '' });
    expect(did).toMatchObject([
      { functionName: 'preau-demo-notifications-record-feedback', payload: { Records: [{ Sns: { Message: '{}' } }] } },
    ]);
  });

  it('keeps what fails again, and what it does not know', async () => {
    await expect(recorder({ fails: true }).back({ kind: 'unmapped-record', context: 'attendance', record, cause: '' })).rejects.toThrow(
      'failed again',
    );
    await expect(recorder().back({ kind: 'unknown', cause: '' })).rejects.toThrow('by hand');
  });
});
