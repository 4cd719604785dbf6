import type { figures as route } from '../../shared/attendance/figure-routes.ts';
import { byClass, byGroup, byReason, byTeacher, byWeek, byWeekday } from '../../shared/attendance/sum-figures.ts';
import { byLevel, levelOf } from '../../shared/directory/class-level.ts';
import { type AnswerOf, type Input, inFrench } from '../../shared/kernel/index.ts';
import { peopleById } from './class-list.ts';
import { figuresOfPeriod } from './figures-of-period.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';
import { reasonOf, schoolReasons } from './school-reasons.ts';

type Figures = AnswerOf<typeof route>;
type Losses = Figures['total'];

const sum = (all: readonly Losses[]): Losses => ({
  owed: all.reduce((total, { owed }) => total + owed, 0),
  lost: all.reduce((total, { lost }) => total + lost, 0),
  withoutReason: all.reduce((total, { withoutReason }) => total + withoutReason, 0),
});

/** What the page shows and its files hold. */
export const schoolFigures = async (
  { params: { uai, month }, query: { span } }: Pick<Input<typeof route>, 'params' | 'query'>,
  ports: ApiPorts,
): Promise<Figures> => {
  const [{ school, now }, { months, trend, countedUntil }] = await Promise.all([
    schoolClock(uai, ports),
    figuresOfPeriod({ uai, month, span }, ports),
  ]);
  const missing = byTeacher(months).filter(({ untaken }) => untaken > 0);
  const [reasons, people] = await Promise.all([
    schoolReasons(school, ports),
    peopleById(
      uai,
      missing.map(({ teacherId }) => teacherId),
      ports,
    ),
  ]);
  const classes = byClass(months)
    .map((one) => ({ ...one, level: levelOf(one.label) }))
    .sort((a, b) => byLevel(a.level, b.level) || inFrench(a.label, b.label));
  const calls = months.map((one) => one.calls);
  return {
    month,
    span,
    now,
    timeZone: school.timeZone,
    ...(countedUntil !== undefined && { countedUntil }),
    total: sum(classes),
    weeks: byWeek(trend),
    weekdays: byWeekday(months),
    classes: classes.map(({ level, ...one }) => ({ ...one, ...(level !== undefined && { level }) })),
    levels: [...new Set(classes.map(({ level }) => level))].map((level) => ({
      ...sum(classes.filter((one) => one.level === level)),
      ...(level !== undefined && { level }),
    })),
    reasons: byReason(months).map(({ reasonId, lost }) => {
      const label = reasonId && reasonOf(reasons, reasonId)?.label;
      return { ...(reasonId !== undefined && { reasonId }), ...(label !== undefined && { label }), lost };
    }),
    calls: {
      due: calls.reduce((total, { due }) => total + due, 0),
      untaken: calls.reduce((total, { untaken }) => total + untaken, 0),
    },
    teachers: missing.map((one) => {
      const { familyName = '', givenName = '', civility } = people.get(one.teacherId) ?? {};
      return { ...one, familyName, givenName, ...(civility !== undefined && { civility }) };
    }),
    groups: byGroup(months).filter(({ untaken }) => untaken > 0),
  };
};
