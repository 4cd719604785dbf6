import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { contextOf, type Occurrence } from '../../shared/kernel/event.ts';
import { names } from '../../shared/kernel/names.ts';
import { backOff, clientSettings, once } from './clients.ts';
import { environment } from './env.ts';

const bus = once(() => new EventBridgeClient(clientSettings()));

/** PutEvents takes ten. */
const BATCH = 10;
const ATTEMPTS = 4;

/** Puts events on the bus in order, trying again only those it refused; the answer lists the indexes it never took. */
export const putEvents = async (occurrences: readonly Occurrence[]): Promise<number[]> => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  const own = names(PREAU_STAGE, PREAU_ACCOUNT);
  const entryOf = (occurrence: Occurrence) => ({
    EventBusName: own.bus,
    Source: own.source(contextOf(occurrence)),
    DetailType: occurrence.name,
    Detail: JSON.stringify(occurrence.payload),
  });
  const lost: number[] = [];
  for (let from = 0; from < occurrences.length; from += BATCH) {
    let left = occurrences.slice(from, from + BATCH).map((occurrence, index) => ({ index: from + index, entry: entryOf(occurrence) }));
    for (let attempt = 0; left.length > 0 && attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await backOff(attempt);
      const sent = left;
      const { Entries = [] } = await bus().send(new PutEventsCommand({ Entries: sent.map(({ entry }) => entry) }));
      left = sent.filter((_, index) => Entries[index]?.ErrorCode !== undefined);
    }
    lost.push(...left.map(({ index }) => index));
  }
  return lost;
};
