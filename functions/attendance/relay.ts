import { relay } from '../runtime/relay.ts';
import manifest from './manifest.ts';

export const handler = relay(manifest.table, manifest.relay);
