import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import type { listDeliveries as route } from '../../shared/notifications/routes.ts';
import { callLines } from './call-lines.ts';
import { today } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';
import { namesOf } from './names-of.ts';

/** One query for the whole day; names and telephone numbers are asked for, not kept: who may no longer be told is no longer to be called. */
export async function listDeliveries(
  { params: { uai, date } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const { notifications, clock } = ports;
  const [items, visited, undecided] = await Promise.all([
    notifications.all('day', { uai, date }),
    notifications.get('school', { uai }),
    notifications.all('undecided', { uai }),
  ]);
  const rows = items.filter((item) => item.entity === 'delivery');
  const open = items.filter((item) => item.entity === 'call').filter(({ state }) => state === 'open');
  // The rows themselves say who heard late of what happened on this very day.
  const late = items.filter((item) => item.entity === 'toldLate').filter(({ of }) => of !== date);
  const [names, calls] = await Promise.all([
    namesOf(
      uai,
      [...rows.flatMap(({ pupilId, guardianId }) => [pupilId, guardianId]), ...[...late, ...undecided].map(({ pupilId }) => pupilId)],
      ports,
    ),
    callLines(uai, open, rows, visited ? today(visited, ports) : date, ports),
  ]);
  return {
    now: instant(clock.civil()),
    paused: visited?.paused ?? false,
    deliveries: rows
      .map((row) => ({
        deliveryId: row.deliveryId,
        pupilId: row.pupilId,
        episodeId: row.episodeId,
        guardianId: row.guardianId,
        kind: row.kind,
        channel: row.channel,
        state: row.state,
        dueAt: row.dueAt,
        heldUntil: row.heldUntil,
        sentAt: row.sentAt,
        resent: row.resent ?? false,
        late: row.late ?? false,
        reason: row.reason,
        putOff: row.putOff,
        held: row.state === 'held',
        pupil: names.get(row.pupilId),
        guardian: names.get(row.guardianId),
      }))
      .sort((a, b) => a.dueAt.localeCompare(b.dueAt) || a.deliveryId.localeCompare(b.deliveryId)),
    late: late
      .map(({ of, pupilId, episodeId }) => ({ of, pupilId, episodeId, pupil: names.get(pupilId) }))
      .sort((a, b) => a.of.localeCompare(b.of) || a.episodeId.localeCompare(b.episodeId)),
    undecided: undecided.map(({ pupilId, episodeId, startMinute, savedAt, date: of }) => ({
      ...{ date: of, pupilId, episodeId, startMinute, savedAt },
      pupil: names.get(pupilId),
    })),
    calls,
  };
}
