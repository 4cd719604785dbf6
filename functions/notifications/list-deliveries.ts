import { guardiansToTell, people } from '../../shared/directory/questions.ts';
import { type AnswerOf, type Input, instant } from '../../shared/kernel/index.ts';
import { CallReason, needsCall } from '../../shared/notifications/delivery.ts';
import type { CallLine, listDeliveries as route } from '../../shared/notifications/routes.ts';
import { today } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/** Most that one question takes. */
const PEOPLE = 200;
const PUPILS = 60;
/** How long a line that nobody closed comes back. */
const DAYS_LEFT_OPEN = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

/** One query for the whole day; names and telephone numbers are asked for, not kept: who may no longer be told is no longer to be called. */
export async function listDeliveries(
  { params: { uai, date } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const { notifications, ask, clock } = ports;
  const [items, visited, undecided, uncalled] = await Promise.all([
    notifications.all('day', { uai, date }),
    notifications.get('school', { uai }),
    notifications.all('undecided', { uai }),
    notifications.all('uncalled', { uai, since: instant(new Date(clock.civil().getTime() - DAYS_LEFT_OPEN * DAY_MS)) }),
  ]);
  const on = visited ? today(visited, ports) : date;
  const rows = items.filter((item) => item.entity === 'delivery');
  const left = date === on ? uncalled.filter((call) => call.date < date) : [];
  const leftRows = await Promise.all([...new Set(left.map((call) => call.date))].map((of) => notifications.all('day', { uai, date: of })));
  const lines = [...rows, ...leftRows.flat().filter((item) => item.entity === 'delivery')];
  const open = [...items.filter((item) => item.entity === 'call').filter(({ state }) => state === 'open'), ...left];
  // The rows themselves say who heard late of what happened on this very day.
  const late = items.filter((item) => item.entity === 'toldLate').filter(({ of }) => of !== date);
  const ids = [
    ...new Set([
      ...rows.flatMap(({ pupilId, guardianId }) => [pupilId, guardianId]),
      ...[...late, ...undecided].map(({ pupilId }) => pupilId),
    ]),
  ];
  const toCall = [...new Set(open.map(({ pupilId }) => pupilId))];
  const [found, told] = await Promise.all([
    Promise.all(inParts(ids, PEOPLE).map((personIds) => ask(people, { uai, personIds }))),
    Promise.all(inParts(toCall, PUPILS).map((pupilIds) => ask(guardiansToTell, { uai, pupilIds, on }))),
  ]);
  const names = new Map(found.flat().map(({ personId, familyName, givenName }) => [personId, { familyName, givenName }] as const));
  const families = new Map(told.flat().map((one) => [one.pupil.pupilId, one] as const));

  const calls = open.flatMap((call): CallLine[] => {
    const family = families.get(call.pupilId);
    const mine = lines.filter((row) => row.callId === call.callId && needsCall(row));
    const listed = mine.flatMap((row): CallLine['people'] => {
      const guardian = family?.guardians.find(({ personId }) => personId === row.guardianId);
      const pupil = family && row.guardianId === call.pupilId ? family.pupil : undefined;
      const name = guardian ?? pupil;
      if (!name) return [];
      return [
        {
          guardianId: row.guardianId,
          guardian: { familyName: name.familyName, givenName: name.givenName },
          contactFirst: guardian?.contactFirst ?? false,
          phones: guardian?.phones ?? [],
          kind: row.kind,
          reason: CallReason.parse(row.reason),
        },
      ];
    });
    const latest = new Map(listed.map((one) => [one.guardianId, one] as const));
    if (latest.size === 0) return [];
    const { date: of, callId, pupilId, episodeId, householdId, openedAt, outcome, calledAt, tries } = call;
    const { familyName, givenName, classLabel } = family?.pupil ?? { familyName: '', givenName: '', classLabel: undefined };
    return [
      {
        date: of,
        callId,
        pupilId,
        episodeId,
        householdId,
        openedAt,
        outcome,
        calledAt,
        tries,
        ...(family && { pupil: { familyName, givenName, classLabel } }),
        people: [...latest.values()].sort((a, b) => Number(b.contactFirst) - Number(a.contactFirst)),
      },
    ];
  });

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
    calls: calls.sort((a, b) => a.openedAt.localeCompare(b.openedAt)),
  };
}
