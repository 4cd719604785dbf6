import { school } from '../../shared/directory/questions.ts';
import { type AnswerOf, addDays, type Input, instant, missing } from '../../shared/kernel/index.ts';
import { LATE_DAYS, type listToldLate as route } from '../../shared/notifications/late-routes.ts';
import { today } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';
import { namesOf } from './names-of.ts';

/** A small query a day; an incident of the night, or of a Saturday, is seen on Monday. */
export async function listToldLate(
  { params: { uai } }: Pick<Input<typeof route>, 'params'>,
  { notifications, ask, clock }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const found = await ask(school, { uai });
  if (!found) throw missing();
  const on = today(found, { clock });
  const days = Array.from({ length: LATE_DAYS }, (_, back) => addDays(on, -back));
  const late = (await Promise.all(days.map((date) => notifications.all('lateOfDay', { uai, date })))).flat();
  const names = await namesOf(
    uai,
    late.map(({ pupilId }) => pupilId),
    { ask },
  );
  return {
    now: instant(clock.civil()),
    timeZone: found.timeZone,
    since: days.at(-1) ?? on,
    families: late
      .map(({ date, of, dueAt, at, pupilId, episodeId }) => ({ date, of, dueAt, at, pupilId, episodeId, pupil: names.get(pupilId) }))
      .sort((a, b) => (b.at ?? b.date).localeCompare(a.at ?? a.date) || a.episodeId.localeCompare(b.episodeId)),
  };
}
