import { listenToPush, type PushHost } from './push.ts';
import { type SiteHost, serveSite } from './site.ts';

listenToPush(globalThis as unknown as PushHost);
serveSite(globalThis as unknown as SiteHost);
