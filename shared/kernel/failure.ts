/** What can go wrong for a caller, and the HTTP status each kind becomes (mapped once, in the runtime). */
export const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  refused: 422,
  'too-many': 429,
  unavailable: 503,
} as const;

export type FailureKind = keyof typeof STATUS;

/** `context.reason-in-kebab-case`: stable, documented, translated by the web client. */
export type FailureCode = `${string}.${string}`;

/** The one error a caller may see. Anything else is a 500 whose cause stays in the log. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  readonly code: FailureCode;
  /** Facts that help the caller mend the request; never personal data. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(kind: FailureKind, code: FailureCode, details?: Readonly<Record<string, unknown>>) {
    super(code);
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/** Someone else's object and a missing one are one answer. */
export const missing = (): Failure => new Failure('missing', 'request.not-found');
