import { listenToPush, type PushHost } from './push.ts';

listenToPush(globalThis as unknown as PushHost);
