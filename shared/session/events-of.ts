import { type Change, type Occurrence, occur } from '../kernel/index.ts';
import { lettersDue, resetRequested } from './events.ts';
import type { session } from './table.ts';

export function eventsOf({ entity, after }: Change<typeof session>): Occurrence[] {
  // A reset that already holds its code was written by the consumer itself.
  if (entity === 'reset' && after && after.codeHash === undefined)
    return [occur(resetRequested, { login: after.login, revision: after.revision })];
  if (entity === 'letters' && after?.state === 'running')
    return [occur(lettersDue, { uai: after.uai, jobId: after.jobId, revision: after.revision })];
  return [];
}
