import { people, rosters } from '../../shared/directory/questions.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type { StandIn } from '../../shared/timetable/stand-in.ts';
import type * as routes from '../../shared/timetable/stand-in-routes.ts';
import type { ApiPorts } from './manifest.ts';

/** Groups a question takes. */
const GROUPS = 40;

/** Names are kept with it: whoever reads a day reads nobody’s record. */
export async function setStandIns(
  { params: { uai }, body }: Input<typeof routes.setStandIns>,
  { timetable, ask }: ApiPorts,
): Promise<AnswerOf<typeof routes.setStandIns>> {
  const calendar = await timetable.get('calendar', { uai });
  if (!calendar) throw new Failure('conflict', 'timetable.no-calendar');
  if (calendar.rev !== body.basedOn) throw new Failure('conflict', 'timetable.calendar-changed');
  if (body.standIns.some(({ from, until }) => until < from)) throw new Failure('refused', 'timetable.dates-reversed');
  const targets = [...new Set(body.standIns.map(({ target }) => target))];
  const groupIds = targets.filter((target) => target.startsWith('g_'));
  const personIds = [
    ...new Set([...targets.filter((target) => target.startsWith('p_')), ...body.standIns.map(({ personId }) => personId)]),
  ];
  const pages = Array.from({ length: Math.ceil(groupIds.length / GROUPS) }, (_, page) =>
    groupIds.slice(page * GROUPS, (page + 1) * GROUPS),
  );
  const [found, ...groups] = await Promise.all([
    personIds.length > 0 ? ask(people, { uai, personIds }) : [],
    ...pages.map((some) => ask(rosters, { uai, groupIds: some, on: calendar.from })),
  ]);
  const teachers = new Map(found.filter(({ door }) => door === 'teacher').map((person) => [person.personId, person]));
  const labels = new Map<string, string>([
    ...[...teachers].map(
      ([personId, { civility, familyName, givenName }]) => [personId, `${civility ?? givenName} ${familyName}`.trim()] as const,
    ),
    ...groups.flat().map(({ groupId, label }) => [groupId, label] as const),
  ]);
  const standIns = body.standIns.map(({ target, personId, from, until }): StandIn => {
    const by = teachers.get(personId);
    const label = labels.get(target);
    if (!by || label === undefined || target === personId) throw new Failure('refused', 'timetable.unknown-stand-in');
    const { familyName, givenName, civility } = by;
    return { target, label, by: { personId, familyName, givenName, ...(civility !== undefined && { civility }) }, from, until };
  });
  const rev = calendar.rev + 1;
  await timetable.write({ put: 'calendar', item: { ...calendar, standIns, rev }, when: { is: { rev: calendar.rev } } });
  return { rev, standIns };
}
