import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../shared/notifications/refusal.ts';

const error = (name: string, message = '', status: number | undefined = 400) =>
  Object.assign(new Error(message), { name, ...(status !== undefined && { $metadata: { httpStatusCode: status } }) });

describe('an error of SES', () => {
  it.each([
    [error('Throttling', 'Maximum sending rate exceeded.'), 'soon'],
    [error('ThrottlingException'), 'soon'],
    [error('Whatever', '', 429), 'soon'],
    [error('Throttling', 'Daily message quota exceeded.'), 'quota'],
    [error('AccountSendingPausedException'), 'later'],
    [error('AccessDenied', '', 403), 'later'],
    [error('MessageRejected', 'Email address is not verified.'), 'later'],
    [error('MessageRejected', 'Address blacklisted.'), 'never'],
    [error('InvalidParameterValue', 'Local address contains control or whitespace'), 'never'],
    [error('InternalFailure', '', 500), 'unknown'],
    [error('ServiceUnavailable', '', 503), 'unknown'],
    [Object.assign(new Error('socket hang up'), { name: 'TimeoutError' }), 'unknown'],
    // A name promises nothing without an answer.
    [Object.assign(new Error('Maximum sending rate exceeded.'), { name: 'Throttling' }), 'unknown'],
    ['not even an error', 'unknown'],
    [undefined, 'unknown'],
  ])('%s means %s', (thrown, meaning) => expect(refusalOf(thrown)).toBe(meaning));
});
