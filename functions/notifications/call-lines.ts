import { guardiansToTell } from '../../shared/directory/questions.ts';
import type { LocalDate } from '../../shared/kernel/index.ts';
import type { Call } from '../../shared/notifications/call.ts';
import { CallReason, type Delivery, needsCall } from '../../shared/notifications/delivery.ts';
import type { CallLine } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';
import { inParts } from './names-of.ts';

/** Most that one question takes. */
const PUPILS = 60;

/**
 * Calls left to make with whom to call, as may be told on a day: telephone numbers are asked for, not kept. `rows` are of the days of the
 * calls; they say who was to be told. The oldest first.
 */
export async function callLines(
  uai: string,
  open: readonly Call[],
  rows: readonly Delivery[],
  on: LocalDate,
  { ask }: Pick<ApiPorts, 'ask'>,
): Promise<CallLine[]> {
  const toCall = [...new Set(open.map(({ pupilId }) => pupilId))];
  const told = await Promise.all(inParts(toCall, PUPILS).map((pupilIds) => ask(guardiansToTell, { uai, pupilIds, on })));
  const families = new Map(told.flat().map((one) => [one.pupil.pupilId, one] as const));
  const lines = open.flatMap((call): CallLine[] => {
    const family = families.get(call.pupilId);
    const mine = rows.filter((row) => row.callId === call.callId && needsCall(row));
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
  return lines.sort((a, b) => a.openedAt.localeCompare(b.openedAt));
}
