import { hour } from '#lib/format/format.ts';
import * as m from '#messages';
import type { presence } from '#shared/attendance/sheet-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import { groupName, subjectName } from '#shared/timetable/readable-names.ts';

export type Presence = AnswerOf<typeof presence>;
export type Placed = Presence['pupils'][number];
export type State = Placed['state'];

/** In the order of a head count: who must be looked for first. */
export const STATES = ['present', 'elsewhere', 'unknown', 'absent', 'out'] as const satisfies readonly State[];

export interface ClassSheet {
  readonly label: string;
  readonly pupils: readonly Placed[];
}

/** One sheet a class, in the order the server gave; pupils without a class last. */
export function byClass(pupils: readonly Placed[]): ClassSheet[] {
  const found = new Map<string, Placed[]>();
  for (const pupil of pupils) {
    const label = pupil.classLabel ?? '';
    found.set(label, [...(found.get(label) ?? []), pupil]);
  }
  return [...found]
    .map(([label, some]) => ({ label: label === '' ? m.presence_no_class() : groupName(label), pupils: some }))
    .sort((a, b) => Number(a.label === m.presence_no_class()) - Number(b.label === m.presence_no_class()));
}

export const countOf = (pupils: readonly Placed[]): Readonly<Record<State, number>> => {
  const counts = { present: 0, elsewhere: 0, absent: 0, out: 0, unknown: 0 };
  for (const { state } of pupils) counts[state] += 1;
  return counts;
};

const PLACES: Readonly<Record<string, () => string>> = {
  infirmary: m.roll_elsewhere_infirmary,
  library: m.roll_elsewhere_library,
  study: m.roll_elsewhere_study,
  office: m.roll_elsewhere_office,
  outing: m.roll_elsewhere_outing,
  placement: m.roll_elsewhere_placement,
};

/** « Mathématiques, salle 104 »: a room is called by its number, or by its name. */
const lessonIn = ({ subject, rooms }: Presence['lessons'][number]): string => {
  const [room] = rooms;
  if (room === undefined) return subjectName(subject);
  return /^\d/.test(room) ? m.due_room({ groups: subjectName(subject), room }) : `${subjectName(subject)}, ${room}`;
};

/** « vu à 9 h 05 »: what was last said of someone nobody knows of now. */
const lastIn = ({ says, minute }: NonNullable<Placed['word']>): string =>
  says === 'absent' || says === 'out' ? m.presence_last_missing({ hour: hour(minute) }) : m.presence_last_seen({ hour: hour(minute) });

/** Where to look for a pupil, in a line. */
export function whereIn({ state, word, lesson }: Placed, lessons: Presence['lessons']): string {
  const now = lesson === undefined ? undefined : lessons[lesson];
  switch (state) {
    case 'present':
      return now ? lessonIn(now) : m.presence_arrived({ hour: hour(word?.minute ?? 0) });
    case 'elsewhere':
      return (word?.place && PLACES[word.place]?.()) ?? m.presence_somewhere();
    case 'absent':
      return word?.announced ? m.presence_announced() : m.presence_since({ hour: hour(word?.minute ?? 0) });
    case 'out':
      return (word?.place && PLACES[word.place]?.()) ?? m.presence_out_at({ hour: hour(word?.minute ?? 0) });
    case 'unknown':
      return [
        now ? (now.called ? lessonIn(now) : m.presence_expected({ lesson: lessonIn(now) })) : m.presence_no_lesson(),
        word && lastIn(word),
      ]
        .filter(Boolean)
        .join(', ');
  }
}

/** « 24 présents »: what a count is of. */
export const STATE_COUNTS: Readonly<Record<State, (of: { count: number }) => string>> = {
  present: m.presence_state_present,
  elsewhere: m.presence_state_elsewhere,
  absent: m.presence_state_absent,
  out: m.presence_state_out,
  unknown: m.presence_state_unknown,
};

const ONE: Readonly<Record<State, readonly [f: () => string, m: () => string]>> = {
  present: [m.roll_present_f, m.roll_present_m],
  elsewhere: [m.roll_elsewhere, m.roll_elsewhere],
  absent: [m.roll_absent_f, m.roll_absent_m],
  out: [m.presence_one_out_f, m.presence_one_out_m],
  unknown: [m.presence_one_unknown_f, m.presence_one_unknown_m],
};
export const stateIn = ({ state, sex }: Placed): string => ONE[state][sex === 'F' ? 0 : 1]();

export interface Table {
  readonly away: readonly Placed[];
  readonly unsure: readonly Placed[];
  /** Pupils whose regime no file said. */
  readonly withoutRegime: number;
}

/** Who will be missed at table, by class and name. */
export const tableOf = ({ pupils }: Presence): Table => ({
  away: pupils.filter(({ table }) => table === 'away'),
  unsure: pupils.filter(({ table }) => table === 'unsure'),
  withoutRegime: pupils.filter(({ regime }) => regime === undefined).length,
});
