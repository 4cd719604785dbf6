import type * as routes from '../../shared/attendance/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { named, peopleById } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { readable } from './readable-answer.ts';

export async function listAnswers(
  { params: { uai, date } }: Input<typeof routes.listAnswers>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.listAnswers>> {
  const days = (await ports.attendance.all('pupilsOfDay', { uai, date })).filter(({ answers }) => answers.length > 0);
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
