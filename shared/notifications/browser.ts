import * as z from 'zod';
import { Instant, PersonId } from '../kernel/index.ts';

/** The push services of the browsers there are: we call nobody else’s address, whoever asks for it. */
const SERVICES =
  /^https:\/\/(fcm\.googleapis\.com|([a-z0-9-]+\.)*push\.services\.mozilla\.com|([a-z0-9-]+\.)*notify\.windows\.com|([a-z0-9-]+\.)*push\.apple\.com)\/[^\s#]*$/;

/** Devices of one person; the oldest gives way. */
export const MOST_BROWSERS = 10;

/** What `PushManager.subscribe` gives, as the page sends it. */
export const Subscription = z.strictObject({
  endpoint: z.url().max(1000).regex(SERVICES),
  p256dh: z.string().regex(/^[\w-]{80,100}$/),
  auth: z.string().regex(/^[\w-]{16,40}$/),
  key: z.string().regex(/^[\w-]{80,100}$/),
});

export const BrowserId = z.string().regex(/^browser_[0-9a-z-]{8,64}$/);

/** A browser that agreed to be told. */
export const Browser = Subscription.extend({ personId: PersonId, browserId: BrowserId, since: Instant });
export type Browser = z.infer<typeof Browser>;
