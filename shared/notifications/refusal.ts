/**
 * What an error of SES says about the mail. `soon`, `later`, `quota` (of the day): not accepted, but it may be another time; `never`: not accepted, nor will it be;
 * `unknown`: nobody can tell (a cut connection, a time-out, a fault of SES): sending again might be a second mail.
 */
export type Refusal = 'soon' | 'later' | 'quota' | 'never' | 'unknown';

interface SesError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown };
}

/** About this message or its address; every other refusal is about us: a quota, a pause, a right, a sender not verified. */
const OF_THE_MESSAGE = new Set([
  'MessageRejected',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  // SNS: no such number, or its owner answered STOP.
  'InvalidParameter',
  'InvalidParameterException',
  'OptedOutException',
  'ValidationError',
  'ValidationException',
]);

export const refusalOf = (error: unknown): Refusal => {
  const { name, message, $metadata } = (typeof error === 'object' && error !== null ? error : {}) as SesError;
  const code = typeof name === 'string' ? name : '';
  const text = typeof message === 'string' ? message : '';
  const status = $metadata?.httpStatusCode;
  // Without an answer's status there was no answer: whatever the name, the mail may be on its way.
  if (typeof status !== 'number' || status < 400 || status >= 500) return 'unknown';
  if (/quota exceeded/i.test(text)) return 'quota';
  if (/^Throttling|^TooManyRequests|^RequestLimit/.test(code) || /rate exceeded/i.test(text) || status === 429) return 'soon';
  return OF_THE_MESSAGE.has(code) && !/not verified/i.test(text) ? 'never' : 'later';
};
