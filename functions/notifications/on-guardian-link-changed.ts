import { episodesOfDay } from '../../shared/attendance/questions.ts';
import type { guardianLinkChanged } from '../../shared/directory/events.ts';
import type { Occurrence } from '../../shared/kernel/index.ts';
import { isUnsent, when } from '../../shared/notifications/delivery.ts';
import { consume } from '../runtime/consume.ts';
import { follow, isConflict, recipients, today } from './ledger.ts';
import manifest, { type GuardianLinkChangedPorts } from './manifest.ts';

/**
 * « Suspendre ce responsable » stops what was not sent; a tie made or given back tells of what the pupil is missing today.
 * That the right is read again at the moment of sending does not depend on it: here the countdown ends for all to see.
 */
export async function onGuardianLinkChanged(
  { payload: { uai, pupilId, guardianId } }: Occurrence<typeof guardianLinkChanged>,
  ports: GuardianLinkChangedPorts,
): Promise<void> {
  const { notifications, ask } = ports;
  const visited = await notifications.get('school', { uai });
  // Nobody was ever told anything there: an import at the start of the year costs one read a link.
  if (!visited) return;
  const date = today(visited, ports);
  const [items, unsettled] = await Promise.all([notifications.all('day', { uai, date }), notifications.all('unsettled', { uai })]);
  const rows = unsettled.filter((row) => row.pupilId === pupilId && row.guardianId === guardianId && isUnsent(row));
  // An import moves a thousand ties at once: of a pupil who is not missing nothing is asked.
  if (rows.length === 0 && !items.some((item) => item.entity === 'followed' && item.pupilId === pupilId)) return;

  const entitled = await recipients(uai, pupilId, date, ports);
  if (!entitled.some(({ personId }) => personId === guardianId)) {
    for (const row of rows) {
      try {
        await notifications.write({
          update: 'delivery',
          key: { uai, date: row.date, deliveryId: row.deliveryId },
          set: { state: 'cancelled', reason: 'not-entitled', wakeAt: undefined, heldUntil: undefined },
          when: when('cancel'),
        });
      } catch (error) {
        // Claimed meanwhile: whoever sends reads the right again.
        if (!isConflict(error)) throw error;
      }
    }
    return;
  }

  const read = async () => (await ask(episodesOfDay, { uai, date })).filter((episode) => episode.pupilId === pupilId);
  for (const one of await read())
    await follow(one, visited, async () => (await read()).find(({ episodeId }) => episodeId === one.episodeId) ?? null, ports);
}

export const handler = consume(manifest.consumers['on-guardian-link-changed'], onGuardianLinkChanged);
