import { note, type PupilDay } from '../../shared/attendance/pupil-day.ts';
import type { Reason } from '../../shared/attendance/reason.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import { treatedOf } from '../../shared/attendance/treated.ts';
import type { Treatment } from '../../shared/attendance/treatment.ts';
import type * as routes from '../../shared/attendance/treatment-routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { putDay } from './pupil-days.ts';
import { onceInParts, retrying } from './replay.ts';
import { recordOf, type SchoolClock, schoolClock } from './school-clock.ts';
import { type Reasons, reasonOf, schoolReasons, shown } from './school-reasons.ts';

type Asked = Input<typeof routes.treatAbsences>;
type Answered = AnswerOf<typeof routes.treatAbsences>;
type Item = Asked['body']['items'][number];
type Result = Answered['results'][number];

/** Days written at once: each by itself, so that one that moves meanwhile holds back no other. */
const AT_ONCE = 25;

interface Facts {
  readonly reasons: Reasons;
  readonly reason: Reason | undefined;
  readonly clock: SchoolClock;
  readonly by: string;
  /** The same try makes the same ids: what was written of it is not written twice. */
  readonly idOf: (item: Item) => string;
}

/** The lessons that an item stands for: those of an absence, or one that was come into late. */
const lessonsOf = (day: PupilDay, { absenceId, lessonId }: Item): string[] => {
  if (lessonId !== undefined) return day.observations.some((one) => one.lessonId === lessonId) ? [lessonId] : [];
  const absence = day.absences.find((one) => one.absenceId === absenceId && one.state !== 'cancelled');
  return absence?.lessons.map((lesson) => lesson.lessonId) ?? [];
};

/** What is said now, upon what stood: a remark alone leaves the reason as it was. */
const treatment = (
  { body: { justified, settled, remark, untilSeen } }: Asked,
  item: Item,
  lessonIds: string[],
  stood: Treatment | undefined,
  { reason, clock, by, idOf }: Facts,
): Treatment => {
  const reasonId = reason?.reasonId ?? stood?.reasonId;
  const said = remark ?? stood?.remark;
  return {
    treatmentId: idOf(item),
    lessonIds,
    untilSeen,
    ...(reasonId !== undefined && { reasonId }),
    justified: justified ?? reason?.admissible ?? stood?.justified ?? false,
    settled: settled ?? reason?.settled ?? stood?.settled ?? false,
    outsideSchool: reason?.outsideSchool ?? stood?.outsideSchool ?? true,
    onReport: reason?.onReport ?? stood?.onReport ?? true,
    ...(said && { remark: said }),
    by,
    at: clock.now,
  };
};

/** The items of one pupil's day in one write, decided by the day's revision. */
const treatDay = async (items: readonly Item[], input: Asked, facts: Facts, { attendance }: ApiPorts): Promise<Result[]> =>
  retrying(async () => {
    const { uai } = input.params;
    const { date, pupilId } = items[0] as Item;
    const before = await attendance.get('pupilDay', { uai, date, pupilId });
    const said: Treatment[] = [];
    const judged = items.map((item): { item: Item; outcome: Result['outcome']; lessonIds: string[] } => {
      const lessonIds = before ? lessonsOf(before, item) : [];
      if (!before || lessonIds.length === 0) return { item, outcome: 'missing', lessonIds };
      const { treatment: stood } = treatedOf(before, lessonIds);
      if (before.treatments.some(({ treatmentId }) => treatmentId === facts.idOf(item))) return { item, outcome: 'treated', lessonIds };
      if (stood?.treatmentId !== item.over) return { item, outcome: 'changed', lessonIds };
      said.push(treatment(input, item, lessonIds, stood, facts));
      return { item, outcome: 'treated', lessonIds };
    });
    const after = before && note(before, { treatments: said }, facts.clock.telling);
    if (before && after && after !== before) await attendance.write(putDay(before, after));
    return judged.map(({ item: { over: _, ...of }, outcome, lessonIds }): Result => {
      const stands = after && treatedOf(after, lessonIds).treatment;
      return { ...of, outcome, ...(stands && { treatment: shown(stands, facts.reasons) }) };
    });
  });

export async function treatAbsences(input: Asked, ports: ApiPorts): Promise<Answered> {
  const { params, body, caller, idempotencyKey } = input;
  const { uai } = params;
  const by = recordOf(caller, uai);
  return onceInParts<Answered>(
    { personId: caller.personId, key: idempotencyKey, request: ['treat-absences', uai, JSON.stringify(body)] },
    ports,
    async (attempt) => {
      const clock = await schoolClock(uai, ports);
      for (const { date } of body.items) refuseOver(date, clock.telling);
      const reasons = await schoolReasons(clock.school, ports);
      const reason = body.reasonId === undefined ? undefined : reasonOf(reasons, body.reasonId);
      if (body.reasonId !== undefined && !reason) throw new Failure('refused', 'attendance.reason-unknown');
      const idOf = ({ date, pupilId, absenceId, lessonId }: Item) =>
        ports.ids.natural('t', attempt, date, pupilId, absenceId ?? lessonId ?? '');
      const facts: Facts = { reasons, reason, clock, by, idOf };
      const days = [...Map.groupBy(body.items, ({ date, pupilId }) => `${date}/${pupilId}`).values()];
      const results = new Map<Item, Result>();
      for (let from = 0; from < days.length; from += AT_ONCE) {
        await Promise.all(
          days.slice(from, from + AT_ONCE).map(async (items) => {
            const done = await treatDay(items, input, facts, ports);
            for (const [index, item] of items.entries()) results.set(item, done[index] as Result);
          }),
        );
      }
      return { results: body.items.map((item) => results.get(item) as Result) };
    },
  );
}
