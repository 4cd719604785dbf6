import type * as routes from '../../shared/attendance/alert-routes.ts';
import { countsOf } from '../../shared/attendance/half-days.ts';
import { countTowards, type PupilMonth } from '../../shared/attendance/pupil-month.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { byName, named, peopleById } from './class-list.ts';
import { countingOf, thresholdsOf } from './counting-of.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';

type Listed = AnswerOf<typeof routes.listAlerts>;

/** One query for the month of a school; figures are counted as the school now counts. */
export async function listAlerts(
  { params: { uai, month } }: Pick<Input<typeof routes.listAlerts>, 'params'>,
  ports: ApiPorts,
): Promise<Listed> {
  const [{ school, now }, months] = await Promise.all([schoolClock(uai, ports), ports.attendance.all('monthOfSchool', { uai, month })]);
  const [counting, thresholds] = [countingOf(school), thresholdsOf(school)];
  const alerted = months.filter(({ alerts }) => alerts.length > 0);
  const raised = ({ alerts }: PupilMonth, kind: string) => alerts.some((alert) => alert.kind === kind && alert.state === 'raised');
  const near = months.filter(
    (one) =>
      thresholds.commission > 1 && !raised(one, 'commission') && countTowards('commission', one, counting) === thresholds.commission - 1,
  );
  const people = await peopleById(
    uai,
    [...alerted, ...near].map(({ pupilId }) => pupilId),
    ports,
  );
  const watched = (one: PupilMonth): Listed['pupils'][number] => ({
    ...named(one.pupilId, people.get(one.pupilId), one.classLabel),
    counts: countsOf(one.days, counting),
    alerts: one.alerts.map(({ handledBy: _, ...alert }) => alert),
  });
  const isRaised = ({ alerts }: Pick<PupilMonth, 'alerts'>) => Number(alerts.some(({ state }) => state === 'raised'));
  return {
    month,
    now,
    timeZone: school.timeZone,
    thresholds,
    pupils: alerted
      .map((one) => ({ one, shown: watched(one) }))
      .sort(
        (a, b) =>
          isRaised(b.one) - isRaised(a.one) ||
          b.shown.counts.halfDaysWithoutReason - a.shown.counts.halfDaysWithoutReason ||
          byName(a.shown, b.shown),
      )
      .map(({ shown }) => shown),
    near: near.map(watched).sort(byName),
  };
}
