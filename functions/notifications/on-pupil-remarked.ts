import type { pupilRemarked } from '../../shared/attendance/events.ts';
import type { Occurrence } from '../../shared/kernel/index.ts';
import { newsId } from '../../shared/notifications/digest.ts';
import { consume } from '../runtime/consume.ts';
import { collect } from './digest-ledger.ts';
import { recipients, today, visit } from './ledger.ts';
import manifest, { type PupilRemarkedPorts } from './manifest.ts';

/**
 * What a teacher noted and the school shows to families is put down for each of those who read it. One that was taken back needs nothing: it
 * is read again before anything is sent. Who has opened no account is not written to: there is nowhere to read the rest, nor to choose.
 */
export async function onPupilRemarked(
  { payload: { uai, date, pupilId, lessonId, remarkId, visible, undone } }: Occurrence<typeof pupilRemarked>,
  ports: PupilRemarkedPorts,
): Promise<void> {
  if (!visible || undone) return;
  const visited = await visit(uai, ports);
  if (!visited) return;
  const kind = 'remarks';
  for (const { accountId, email } of await recipients(uai, pupilId, today(visited, ports), ports))
    if (accountId !== undefined && email !== undefined)
      await collect(
        accountId,
        { newsId: newsId(kind, { uai, remarkId }, ports.ids), kind, uai, date, pupilId, lessonId, remarkId },
        visited,
        ports,
      );
}

export const handler = consume(manifest.consumers['on-pupil-remarked'], onPupilRemarked);
