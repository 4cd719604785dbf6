import { guardiansToTell } from '../../shared/directory/questions.ts';
import type { AnswerOf, Caller } from '../../shared/kernel/index.ts';
import { DAILY_MINUTE } from '../../shared/notifications/digest.ts';
import { type Preferences, waysOf } from '../../shared/notifications/preferences.ts';
import { recipientsOf } from '../../shared/notifications/recipient.ts';
import type { readPreferences } from '../../shared/notifications/routes.ts';
import { officeDay } from '../runtime/office-day.ts';
import type { ApiPorts } from './manifest.ts';

/** Guardians are written to; a pupil is from 18 on, at an address of their own. */
const isWrittenTo = async ({ card, door, personId }: Caller, { ask, clock }: ApiPorts): Promise<boolean> => {
  if (door !== 'pupil') return true;
  const on = officeDay(clock.civil());
  const told = await Promise.all(
    Object.entries(card.schools).map(([uai, one]) => ask(guardiansToTell, { uai, pupilIds: [one.personId], on })),
  );
  return told
    .flat()
    .flatMap(recipientsOf)
    .some(({ self, accountId, email }) => self && accountId === personId && email !== undefined);
};

/** What somebody chose, and for the rest what holds until they do; who is not written to has nothing to choose. */
export const preferencesOf = async (
  caller: Caller,
  chosen: Pick<Preferences, 'language' | 'ways'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof readPreferences>> => {
  const [uai] = Object.keys(caller.card.schools).sort();
  const [written, school] = await Promise.all([
    isWrittenTo(caller, ports),
    uai === undefined ? undefined : ports.notifications.get('school', { uai }),
  ]);
  return {
    language: chosen.language ?? caller.card.language,
    ...(written && { ways: waysOf(chosen), dailyMinute: school?.dailyMinute ?? DAILY_MINUTE }),
  };
};
