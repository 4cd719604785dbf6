import type { Answered } from '#lib/api/client.ts';
import { call } from '#lib/api/index.ts';
import { byName, dayOfYear, inFrenchOrder } from '#lib/format/format.ts';
import * as m from '#messages';
import { listEngagements } from '#shared/directory/engagement-routes.ts';
import { listGroups, readSchool, searchPeople } from '#shared/directory/routes.ts';
import { groupName } from '#shared/timetable/readable-names.ts';
import { listStandIns } from '#shared/timetable/stand-in-routes.ts';

export type Engagement = Answered<typeof listEngagements>['engagements'][number];
export type StandIns = NonNullable<Answered<typeof listStandIns>>;
type Teacher = Answered<typeof searchPeople>['people'][number];

export interface TemporaryStaff {
  readonly today: string;
  readonly engagements: readonly Engagement[];
  /** None before the first timetable or class list: there are no lessons to take. */
  readonly standIns: StandIns | undefined;
  readonly teachers: readonly Teacher[];
  /** Of an école, whose teachers are known by their class. */
  readonly classes: readonly { readonly groupId: string; readonly label: string }[];
}

const everyTeacher = async (uai: string, signal: AbortSignal): Promise<Teacher[]> => {
  const found: Teacher[] = [];
  let cursor: string | undefined;
  do {
    const page: Answered<typeof searchPeople> = await call(searchPeople, 'staff', {
      params: { uai },
      query: { door: 'teacher', limit: 100, ...(cursor !== undefined && { cursor }) },
      signal,
    });
    found.push(...page.people);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found.sort(byName);
};

export async function readTemporaryStaff(uai: string, signal: AbortSignal): Promise<TemporaryStaff> {
  const asked = { params: { uai }, signal };
  const [{ today, engagements }, standIns, teachers, { groups }, { settings }] = await Promise.all([
    call(listEngagements, 'staff', asked),
    call(listStandIns, 'staff', asked),
    everyTeacher(uai, signal),
    call(listGroups, 'staff', asked),
    call(readSchool, 'staff', asked),
  ]);
  const classes = settings.kind === 'primary' ? groups.filter(({ kind }) => kind === 'class') : [];
  return {
    today,
    engagements,
    standIns: standIns ?? undefined,
    teachers,
    classes: classes.map(({ groupId, label }) => ({ groupId, label: groupName(label) })).sort((a, b) => inFrenchOrder(a.label, b.label)),
  };
}

const DUTIES = { 'school-life': m.engagements_school_life, office: m.engagements_office, direction: m.engagements_direction } as const;
export type EngagementRole = 'teacher' | keyof typeof DUTIES;
export const ROLES: readonly { readonly value: EngagementRole; readonly label: () => string; readonly hint: () => string }[] = [
  { value: 'teacher', label: m.engagements_teacher, hint: m.engagements_teacher_hint },
  { value: 'school-life', label: m.engagements_school_life, hint: m.engagements_school_life_hint },
  { value: 'office', label: m.engagements_office, hint: m.engagements_office_hint },
  { value: 'direction', label: m.engagements_direction, hint: m.engagements_direction_hint },
];

/** « Vie scolaire, jusqu’au vendredi 18 décembre 2026 ». */
export function engagementWords({ door, duties, until, ended, activated }: Engagement): string {
  const role = door === 'teacher' ? m.engagements_teacher() : duties.map((duty) => DUTIES[duty]()).join(', ');
  const day = dayOfYear(until);
  const words = ended ? m.engagements_ended({ role, day }) : m.engagements_until({ role, day });
  return activated ? words : `${words} ${m.engagements_not_activated()}`;
}
