import type * as routes from '../../shared/attendance/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { withArrivedProofs } from './arrived-proofs.ts';
import { named, peopleById } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { readable } from './readable-answer.ts';
import { type SchoolClock, schoolClock } from './school-clock.ts';

export async function listAnswers(
  { params: { uai, date } }: Input<typeof routes.listAnswers>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.listAnswers>> {
  const found = (await ports.attendance.all('pupilsOfDay', { uai, date })).filter(({ answers }) => answers.length > 0);
  let clock: Promise<SchoolClock> | undefined;
  const days = await withArrivedProofs(found, () => (clock ??= schoolClock(uai, ports)), ports);
  const people = await peopleById(
    uai,
    days.flatMap(({ pupilId, answers }) => [pupilId, ...answers.map(({ guardianId }) => guardianId)]),
    ports,
  );
  return {
    answers: days
      .flatMap(({ pupilId, classLabel, answers, episodes }) =>
        answers.map((answer) => {
          const episode = episodes.find(({ episodeId }) => episodeId === answer.episodeId);
          return {
            ...readable(answer, people),
            pupil: named(pupilId, people.get(pupilId), classLabel),
            fromMinute: episode?.startMinute ?? 0,
            subject: episode?.subject ?? '',
          };
        }),
      )
      .sort((a, b) => (a.at < b.at ? 1 : -1)),
  };
}
