import { note } from '../../shared/attendance/pupil-day.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import type { Undoing } from '../../shared/attendance/treatment.ts';
import type * as routes from '../../shared/attendance/treatment-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { putDay } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

type Asked = Input<typeof routes.undoTreatments>;
type Answered = AnswerOf<typeof routes.undoTreatments>;

/** Days written at once, as for treating. */
const AT_ONCE = 25;

export async function undoTreatments({ params: { uai }, body: { items }, caller }: Asked, ports: ApiPorts): Promise<Answered> {
  const { attendance, ids } = ports;
  const by = recordOf(caller, uai);
  const { now, telling } = await schoolClock(uai, ports);
  for (const { date } of items) refuseOver(date, telling);
  const known = new Set<string>();
  const undoDay = (some: Asked['body']['items']) =>
    retrying(async () => {
      const { date, pupilId } = some[0] as (typeof some)[number];
      const before = await attendance.get('pupilDay', { uai, date, pupilId });
      if (!before) return;
      const undoings = some.map(
        ({ treatmentId }): Undoing => ({ treatmentId: ids.natural('t', 'undo', treatmentId), undoes: treatmentId, by, at: now }),
      );
      const after = note(before, { treatments: undoings }, telling);
      if (after !== before) await attendance.write(putDay(before, after));
      for (const { treatmentId } of before.treatments) known.add(`${date}/${pupilId}/${treatmentId}`);
    });
  const days = [...Map.groupBy(items, ({ date, pupilId }) => `${date}/${pupilId}`).values()];
  for (let from = 0; from < days.length; from += AT_ONCE) await Promise.all(days.slice(from, from + AT_ONCE).map(undoDay));
  return {
    results: items.map(({ date, pupilId, treatmentId }) => ({
      date,
      pupilId,
      treatmentId,
      outcome: known.has(`${date}/${pupilId}/${treatmentId}`) ? 'undone' : 'missing',
    })),
  };
}
