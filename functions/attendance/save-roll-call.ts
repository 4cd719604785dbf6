import { type Arrangement, arrangedIn, asArranged } from '../../shared/attendance/arrangement.ts';
import type { Mark } from '../../shared/attendance/episode.ts';
import { emptyDay, note, type Observation, type PupilDay } from '../../shared/attendance/pupil-day.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import type { RollCallInput } from '../../shared/attendance/routes.ts';
import { missedBeside, type RollCall, type attendance as table } from '../../shared/attendance/table.ts';
import type { Person } from '../../shared/directory/person.ts';
import { type AnswerOf, Failure, type Input, type Write } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { isStudyRoom } from '../../shared/timetable/study-room.ts';
import type { ListPupil } from '../../shared/timetable/week.ts';
import { arrangedOn, standingOn } from './arrangements.ts';
import { isPupilOn, peopleById } from './class-list.ts';
import { countingAgain } from './day-to-count.ts';
import type { ApiPorts } from './manifest.ts';
import { ownLesson } from './own-lesson.ts';
import { putDay } from './pupil-days.ts';
import { once } from './replay.ts';
import { recordOf, type SchoolClock } from './school-clock.ts';

type Asked = Input<typeof routes.saveRollCall>;
type Saved = AnswerOf<typeof routes.saveRollCall>;

/** A teacher may open the roll call while pupils come in. */
const EARLY_MINUTES = 5;
/** What one DynamoDB transaction takes. */
const MOST_WRITES = 100;
/** Of who saved what: far more than any roll call has. */
const SAVES_KEPT = 200;

/** All that other contexts say of this lesson: asked once, however often the write is tried. */
interface Facts {
  readonly lesson: Lesson;
  readonly clock: SchoolClock;
  /** Who belongs to its classes and groups. */
  readonly listed: ReadonlyMap<string, ListPupil>;
  readonly added: readonly Person[];
  /** The absent pupils' other lessons of the day that have begun: where they may have been seen. */
  readonly others: readonly Lesson[];
}

/** With who is expected elsewhere, as it is now. */
interface FactsNow extends Facts {
  readonly arrangements: readonly Arrangement[];
}

const gather = async ({ params, query, body, caller }: Asked, ports: ApiPorts): Promise<Facts> => {
  const { uai, date } = params;
  const absent = body.state === 'done' ? body.marks.filter(({ state }) => state === 'absent').map(({ pupilId }) => pupilId) : [];
  const [{ lesson, listed, others, clock }, people] = await Promise.all([
    ownLesson(params, caller, { groups: query.groups, pupilIds: absent }, ports),
    peopleById(uai, body.added, ports),
  ]);
  refuseOver(date, clock.telling);
  if (lesson.notHeld) throw new Failure('refused', 'attendance.lesson-not-held');
  if (!clock.begun(date, lesson.startMinute - EARLY_MINUTES)) throw new Failure('refused', 'attendance.lesson-in-future');
  const added = [...new Set(body.added)].filter((pupilId) => !listed.has(pupilId));
  const strangers = added.filter((pupilId) => !isPupilOn(people.get(pupilId), date));
  if (strangers.length > 0) throw new Failure('refused', 'attendance.pupil-outside-lesson', { pupilIds: strangers });
  return {
    lesson,
    clock,
    listed,
    added: added.flatMap((pupilId) => people.get(pupilId) ?? []),
    others: others.filter((one) => !one.notHeld && clock.begun(date, one.startMinute - EARLY_MINUTES)),
  };
};

/** The marks as they are kept: exceptions only, with what belongs to each. */
const exceptions = ({ marks }: RollCallInput, pupilIds: ReadonlySet<string>, { lesson, clock }: Facts): Mark[] => {
  const outside = marks.filter(({ pupilId }) => !pupilIds.has(pupilId)).map(({ pupilId }) => pupilId);
  if (outside.length > 0) throw new Failure('refused', 'attendance.pupil-outside-lesson', { pupilIds: outside });
  const length = lesson.endMinute - lesson.startMinute;
  return marks
    .filter(({ state }) => state !== 'present')
    .map(({ pupilId, state, minutes, place, despite }) => {
      // Nobody is awaited in a study room: nobody can be missing from it.
      if (state === 'absent' && isStudyRoom(lesson)) throw new Failure('refused', 'attendance.mark-impossible', { pupilIds: [pupilId] });
      if (state === 'absent') return { pupilId, state, ...(despite && { despite }) };
      if (state === 'elsewhere') return { pupilId, state, ...(place && { place }) };
      if (state !== 'late') return { pupilId, state };
      const late = minutes ?? Math.min(length - 1, Math.max(1, clock.today === lesson.date ? clock.minute - lesson.startMinute : 1));
      if (late >= length) throw new Failure('refused', 'attendance.mark-impossible', { pupilIds: [pupilId] });
      return { pupilId, state, minutes: late };
    })
    .sort((a, b) => (a.pupilId < b.pupilId ? -1 : 1));
};

const content = ({ state, marks, added, removed }: Pick<RollCall, 'state' | 'marks' | 'added' | 'removed'>): string =>
  JSON.stringify([
    state,
    marks.map(({ pupilId, state, minutes, place, despite }) => [pupilId, state, minutes ?? null, place ?? null, despite ?? null]).sort(),
    [...added].sort(),
    [...removed].sort(),
  ]);

const version = ({ revision, state, savedBy, savedAt, marks, added, removed }: RollCall) => ({
  revision,
  state,
  savedBy,
  savedAt,
  marks,
  added,
  removed,
});

/**
 * What the board shows of it, if no pupil of its list was found missing elsewhere since it was read; and word to the lessons not yet
 * called in which those now missing may still be seen: whoever saves one of them on an older reading reads again.
 */
const called = (
  { uai, date, startMinute, lessonId, state, removed }: RollCall,
  missedThen: number,
  tell: readonly Pick<Lesson, 'lessonId' | 'startMinute'>[],
): Write<typeof table, 'update'>[] => {
  const slots = new Map<number, string[]>([[startMinute, []]]);
  for (const one of tell) slots.set(one.startMinute, [...(slots.get(one.startMinute) ?? []), missedBeside(one.lessonId)]);
  return [...slots].map(
    ([start, missed]) =>
      // The store's types cannot say that an attribute is named by a lesson; the table's schema checks it.
      ({
        update: 'calledSlot',
        key: { uai, date, startMinute: start },
        set: start === startMinute ? { [lessonId]: { state, ...(removed.length > 0 && { removed }) } } : {},
        add: Object.fromEntries(missed.map((attribute) => [attribute, 1])),
        ...(start === startMinute && { when: { below: { [missedBeside(lessonId)]: missedThen + 1 } } }),
      }) as unknown as Write<typeof table, 'update'>,
  );
};

interface Change {
  readonly before: PupilDay | undefined;
  readonly after: PupilDay;
}

/** What a pupil's day learns: where they were seen before this first absent mark, then what this roll call says. */
const observe = (
  pupilId: string,
  state: 'present' | 'withdrawn' | Mark,
  before: PupilDay | undefined,
  next: RollCall,
  seenIn: readonly RollCall[],
  { listed, added, clock, arrangements }: FactsNow,
): Change | undefined => {
  const mark = typeof state === 'string' ? { state } : state;
  const { lessonId, startMinute, endMinute, subject, savedBy: by, savedAt: at } = next;
  const who = listed.get(pupilId) ?? added.find(({ personId }) => personId === pupilId);
  const day = before ?? emptyDay(next.uai, next.date, pupilId, listed.get(pupilId)?.classLabel, who);
  const known = new Set(day.observations.map((one) => one.lessonId));
  const seen = seenIn
    .filter((other) => mark.state === 'absent' && !known.has(other.lessonId) && other.pupilIds.includes(pupilId))
    .map(
      (other): Observation => ({
        lessonId: other.lessonId,
        startMinute: other.startMinute,
        endMinute: other.endMinute,
        subject: other.subject,
        state: 'present',
        by: other.savedBy,
        at: other.savedAt,
      }),
    );
  const arranged = arrangedIn(next, { pupilId, groups: who?.groups ?? [] }, arrangements, {
    ...day,
    observations: [...day.observations, ...seen],
  });
  const said: Pick<Observation, 'state' | 'minutes' | 'place'> =
    mark.state === 'withdrawn' ? { state: mark.state } : asArranged({ ...mark, state: mark.state }, arranged);
  const observation = {
    lessonId,
    startMinute,
    endMinute,
    subject,
    by,
    at,
    state: said.state,
    ...(said.minutes !== undefined && { minutes: said.minutes }),
    ...(said.place && { place: said.place }),
  };
  const after = note(day, { observations: [...seen, observation] }, clock.telling);
  return after === day ? undefined : { before, after };
};

const awaitedElsewhere = (pupilId: string, lesson: RollCall, { listed, arrangements }: FactsNow): boolean =>
  arrangedIn(lesson, { pupilId, groups: listed.get(pupilId)?.groups ?? [] }, arrangements) !== undefined;

/** The pupils whose day changes: those with anything but plain presence, now or earlier today. */
const daysChanged = (
  next: RollCall,
  previous: RollCall | undefined,
  days: ReadonlyMap<string, PupilDay>,
  seenIn: readonly RollCall[],
  facts: FactsNow,
): Change[] => {
  const marks = new Map(next.marks.map((mark) => [mark.pupilId, mark]));
  const here = new Set(next.pupilIds);
  const gone = [...new Set([...next.removed, ...(previous?.pupilIds ?? [])])].filter((pupilId) => !here.has(pupilId) && days.has(pupilId));
  return [
    ...next.pupilIds
      // That somebody expected elsewhere was here after all is more than plain presence.
      .filter(
        (pupilId) => marks.has(pupilId) || days.has(pupilId) || next.added.includes(pupilId) || awaitedElsewhere(pupilId, next, facts),
      )
      .map((pupilId) => observe(pupilId, marks.get(pupilId) ?? 'present', days.get(pupilId), next, seenIn, facts)),
    ...gone.map((pupilId) => observe(pupilId, 'withdrawn', days.get(pupilId), next, seenIn, facts)),
  ].filter((change) => change !== undefined);
};

const answerOf = ({ state, revision, savedAt, lessonId }: RollCall, days: readonly PupilDay[], { now }: SchoolClock): Saved => {
  const tellAt = days
    .flatMap(({ episodes }) => episodes)
    .filter((episode) => episode.state === 'open' && episode.asks !== 'late' && episode.dueAt > now && episode.lessonIds.includes(lessonId))
    .map(({ dueAt }) => dueAt)
    .sort()[0];
  return {
    state,
    revision,
    savedAt,
    ...(tellAt !== undefined && { tellAt }),
    toCheck: days.filter(({ toCheck }) => toCheck.includes(lessonId)).map(({ pupilId }) => pupilId),
  };
};

/**
 * Begins, validates or corrects a roll call: the roll call, the days of the pupils it says anything of and the idempotency
 * key are one transaction. A day that is new is only written if the roll calls it was told from still stand.
 */
export async function saveRollCall(input: Asked, ports: ApiPorts): Promise<Saved> {
  const { params, body, caller, idempotencyKey } = input;
  const { uai, date, lessonId } = params;
  const { attendance } = ports;
  const by = recordOf(caller, uai);
  let asked: Promise<Facts> | undefined;

  return once<Saved>(
    { personId: caller.personId, key: idempotencyKey, request: ['save-roll-call', uai, date, lessonId, JSON.stringify(body)] },
    ports,
    async (record) => {
      asked ??= gather(input, ports);
      const facts = await asked;
      const { lesson, clock, listed, others } = facts;
      const added = facts.added.map(({ personId }) => personId);
      const removed = [...new Set(body.removed)].filter((pupilId) => listed.has(pupilId));
      const pupilIds = [...listed.keys(), ...added].filter((pupilId) => !removed.includes(pupilId));
      const marks = exceptions(body, new Set(pupilIds), facts);
      const done = body.state === 'done';
      const read = await attendance.read(
        { get: 'calledSlot', key: { uai, date, startMinute: lesson.startMinute } },
        arrangedOn(uai, date),
        ...[lessonId, ...others.map((one) => one.lessonId)].map((id) => ({ get: 'rollCall' as const, key: { uai, date, lessonId: id } })),
        ...(done ? [...pupilIds, ...removed] : []).map((pupilId) => ({ get: 'pupilDay' as const, key: { uai, date, pupilId } })),
      );
      const rollCalls = read.filter((item) => item.entity === 'rollCall');
      const found = read.filter((item) => item.entity === 'pupilDay');
      const slot: Readonly<Record<string, unknown>> | undefined = read.find((item) => item.entity === 'calledSlot');
      const previous = rollCalls.find((one) => one.lessonId === lessonId);
      const yours = { state: body.state, marks, added: [...added], removed };
      if ((previous?.revision ?? 0) !== body.basedOn) {
        if (!previous || content(previous) !== content(yours))
          throw new Failure('conflict', 'attendance.roll-call-changed', { ...(previous && { current: version(previous) }), yours });
        // A co-teacher saved the very same: there is nothing to settle.
        const answer = answerOf(previous, found, clock);
        await attendance.write(record(answer));
        return answer;
      }
      if (previous?.state === 'done' && !done) throw new Failure('refused', 'attendance.roll-call-already-done');

      const revision = body.basedOn + 1;
      const next: RollCall = {
        uai,
        date,
        lessonId,
        startMinute: lesson.startMinute,
        endMinute: lesson.endMinute,
        subject: lesson.subject.label,
        ...yours,
        revision,
        pupilIds,
        savedBy: by,
        savedAt: clock.now,
        saves: [...(previous?.saves ?? []), { revision, state: body.state, by, at: clock.now }].slice(-SAVES_KEPT),
      };
      const left = previous?.pupilIds.filter((pupilId) => !pupilIds.includes(pupilId) && !removed.includes(pupilId)) ?? [];
      const gone = done
        ? await attendance.getMany(
            'pupilDay',
            left.map((pupilId) => ({ uai, date, pupilId })),
          )
        : [];
      const days = new Map([...found, ...gone].map((day) => [day.pupilId, day]));
      const elsewhere = rollCalls.filter((one) => one.lessonId !== lessonId && one.state === 'done');
      const changes = done ? daysChanged(next, previous, days, elsewhere, { ...facts, arrangements: standingOn(read, date) }) : [];
      const answer = answerOf(next, changesOver(days, changes), clock);
      const writes: Write<typeof table, 'put' | 'update'>[] = [
        { put: 'rollCall', item: next, when: previous ? { is: { revision: previous.revision } } : { absent: true } },
        record(answer),
        ...changes.map(({ before, after }) => putDay(before, after)),
        ...(done ? countingAgain(uai, date, clock.today) : []),
      ];
      if (writes.length + 1 > MOST_WRITES) throw new Failure('refused', 'attendance.roll-call-too-large');
      // A roll call saved beside this one cannot add to a day that does not exist yet: nearest lessons first, as many as fit.
      const news = changes.filter(({ before, after }) => !before && after.observations.at(-1)?.state === 'absent');
      const unread = others
        .filter((other) => news.some(({ after }) => !after.observations.some((one) => one.lessonId === other.lessonId)))
        .sort((a, b) => Math.abs(a.startMinute - lesson.startMinute) - Math.abs(b.startMinute - lesson.startMinute))
        // Each is a check and, at most, a slot of its own.
        .slice(0, Math.floor((MOST_WRITES - 1 - writes.length) / 2));
      writes.push(...called(next, Number(slot?.[missedBeside(lessonId)] ?? 0), unread));
      for (const { lessonId: other } of unread) {
        const read = rollCalls.find((one) => one.lessonId === other);
        writes.push({
          check: 'rollCall',
          key: { uai, date, lessonId: other },
          when: read ? { is: { revision: read.revision } } : { absent: true },
        });
      }
      await attendance.write(...writes);
      return answer;
    },
  );
}

const changesOver = (days: ReadonlyMap<string, PupilDay>, changes: readonly Change[]): PupilDay[] => {
  const after = new Map(days);
  for (const { after: day } of changes) after.set(day.pupilId, day);
  return [...after.values()];
};
