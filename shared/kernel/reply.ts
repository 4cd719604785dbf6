/** An answer with more than a body: a status, cookies, headers, or a page or file instead of JSON. */
export class Reply<Body = unknown> {
  readonly body: Body | string | Uint8Array;
  readonly status: number;
  readonly cookies: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    body: Body | string | Uint8Array,
    {
      status = 200,
      cookies = [],
      headers = {},
    }: { status?: number; cookies?: readonly string[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    this.body = body;
    this.status = status;
    this.cookies = cookies;
    this.headers = headers;
  }
}
