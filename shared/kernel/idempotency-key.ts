/** A client's own name for one attempt to write: the same key is the same write. */
export const IDEMPOTENCY_KEY = /^[0-9A-Za-z_-]{16,64}$/;
