import type { Reason } from '../../shared/attendance/reason.ts';
import type * as routes from '../../shared/attendance/treatment-routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { recordOf, schoolClock } from './school-clock.ts';
import { reasonOf, schoolReasons } from './school-reasons.ts';

/** Reasons no longer offered that a list remembers: the oldest are in no treatment of this year. */
const MOST_RETIRED = 200;

const twice = (words: readonly string[]): boolean => new Set(words).size < words.length;

/** The whole list at once, decided by its revision: two people who edit it do not mix. */
export async function setReasons(
  { params: { uai }, body: { basedOn, reasons: given }, caller }: Input<typeof routes.setReasons>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.setReasons>> {
  const { attendance, ids } = ports;
  const by = recordOf(caller, uai);
  const { school } = await schoolClock(uai, ports);
  const before = await schoolReasons(school, ports);
  const changed = new Failure('conflict', 'attendance.reasons-changed', { rev: before.rev });
  if (before.rev !== basedOn) throw changed;
  if (twice(given.flatMap(({ reasonId }) => reasonId ?? [])) || twice(given.map(({ label }) => label.toLocaleLowerCase('fr'))))
    throw new Failure('refused', 'attendance.reason-twice');
  const reasons = given.map(({ reasonId, ...flags }): Reason => {
    if (reasonId === undefined) return { ...flags, reasonId: ids.next('r') };
    const known = reasonOf(before, reasonId);
    if (!known) throw new Failure('refused', 'attendance.reason-unknown', { reasonId });
    return { ...flags, reasonId, ...(known.legal && { legal: known.legal }) };
  });
  const offered = new Set(reasons.map(({ reasonId }) => reasonId));
  const retired = [...before.retired, ...before.reasons].filter(({ reasonId }) => !offered.has(reasonId)).slice(-MOST_RETIRED);
  const rev = basedOn + 1;
  try {
    await attendance.write({
      put: 'reasons',
      item: { uai, rev, reasons, retired, changedBy: by },
      when: basedOn === 0 ? { absent: true } : { is: { rev: basedOn } },
    });
  } catch (error) {
    throw error instanceof Failure && error.code === 'store.condition-failed' ? changed : error;
  }
  return { rev, reasons, retired };
}
