import type { FailureCode } from '#shared/kernel/failure.ts';

/**
 * Why a call did not succeed, as the API's own code, or one of the three that only the browser can tell:
 * `network.offline` (this device has no network), `network.unreachable` (no answer, or not the API's),
 * `session.ended` (sign in again).
 */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: FailureCode;
  /** HTTP status, 0 without an answer. */
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: FailureCode, status = 0, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.details = details;
  }

  /** The same call may succeed later, unchanged. */
  get passing(): boolean {
    return this.status === 0 ? this.code.startsWith('network.') : this.status === 429 || this.status >= 500;
  }

  get offline(): boolean {
    return this.code === 'network.offline';
  }

  get forbidden(): boolean {
    return this.status === 403;
  }
}

export const asApiFailure = (error: unknown): ApiFailure =>
  error instanceof ApiFailure ? error : new ApiFailure('network.unreachable', 0);
