import type * as routes from '../../shared/directory/engagement-routes.ts';
import { type AnswerOf, addDays, Failure, type Input, local, missing } from '../../shared/kernel/index.ts';
import { checkEngagement } from './engagement.ts';
import type { ApiPorts } from './manifest.ts';
import { writesOfManual } from './manual-person.ts';

/** A member of staff or teacher of the school other than the caller: who directs alone would shut the door behind them. */
async function another(
  { params: { uai, personId }, caller }: Pick<Input<typeof routes.endEngagement>, 'params' | 'caller'>,
  { directory, clock }: ApiPorts,
) {
  const [school, person] = await Promise.all([directory.get('school', { uai }), directory.get('person', { uai, personId })]);
  if (!school || !person || person.departedOn !== undefined || (person.door !== 'teacher' && person.door !== 'staff')) throw missing();
  if (caller.card.schools[uai]?.personId === personId) throw new Failure('refused', 'directory.not-yourself');
  const card = await directory.get('card', { personId: person.accountId ?? personId });
  return { person, card, today: local(clock.civil(), school.timeZone).date };
}

export async function changeEngagement(
  input: Input<typeof routes.changeEngagement>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.changeEngagement>> {
  const { body } = input;
  const { person, card, today } = await another(input, ports);
  const duties = person.door === 'staff' ? [...new Set(body.duties ?? person.duties)].sort() : [];
  checkEngagement(person.door, duties, body.until, today);
  const { until: _, ...kept } = person;
  const after = { ...kept, duties, ...(body.until !== null && { until: body.until }) };
  await ports.directory.write(...writesOfManual(after, { before: person, card }, today));
  return { done: true };
}

export async function endEngagement(
  input: Input<typeof routes.endEngagement>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.endEngagement>> {
  const { person, card, today } = await another(input, ports);
  const yesterday = addDays(today, -1);
  // One that is over keeps its last day.
  const until = person.until !== undefined && person.until < yesterday ? person.until : yesterday;
  await ports.directory.write(...writesOfManual({ ...person, until }, { before: person, card }, today));
  return { done: true };
}
