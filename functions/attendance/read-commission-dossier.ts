import type * as routes from '../../shared/attendance/alert-routes.ts';
import { daysOfMonth } from '../../shared/attendance/alert-routes.ts';
import { countsOf, factsOf, halfOf, missedHalfDays } from '../../shared/attendance/half-days.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import { treatedOf } from '../../shared/attendance/treated.ts';
import type { Person } from '../../shared/directory/person.ts';
import { readableCivility } from '../../shared/directory/readable-civility.ts';
import type { School } from '../../shared/directory/school.ts';
import { type Input, local, missing, Reply } from '../../shared/kernel/index.ts';
import { peopleById, pupilAt } from './class-list.ts';
import { type CommissionDossier, commissionPdf } from './commission-pdf.ts';
import {
  actionWords,
  answerWords,
  dayWords,
  figureWords,
  fullWords,
  HEALTH,
  halfWords,
  hourWords,
  monthWords,
  NO_REASON,
} from './commission-words.ts';
import { countingOf } from './counting-of.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';
import { type Reasons, reasonOf, schoolReasons } from './school-reasons.ts';

type People = ReadonlyMap<string, Person>;

const nameOf = (personId: string | undefined, people: People): string => {
  const person = personId === undefined ? undefined : people.get(personId);
  return person
    ? [person.civility && readableCivility(person.civility), person.givenName, person.familyName].filter(Boolean).join(' ')
    : '';
};

/** Each missed half-day of the month: when, which lessons, and the reason school life gave it. */
const halfDaysOf = (days: readonly PupilDay[], school: School, reasons: Reasons) =>
  days.flatMap((day) => {
    const facts = factsOf(day);
    const counting = countingOf(school);
    return missedHalfDays(facts, counting).map(({ half, justified }) => {
      const lessons = facts.missed.filter((lesson) => halfOf(lesson, counting) === half);
      const said = lessons.map(({ lessonId }) => {
        const reasonId = treatedOf(day, [lessonId]).treatment?.reasonId;
        const reason = reasonId === undefined ? undefined : reasonOf(reasons, reasonId);
        return reason ? (reason.health ? HEALTH : reason.label) : NO_REASON;
      });
      return {
        justified,
        when: `${dayWords(day.date)}, ${halfWords[half]}`,
        lessons: lessons.map(({ startMinute, endMinute }) => `${hourWords(startMinute)} – ${hourWords(endMinute)}`).join(', '),
        reason: [...new Set(said)].join(', '),
      };
    });
  });

/** What was done and answered, in order of time; a note is school life's own and stays there. */
const contactsOf = (days: readonly PupilDay[], people: People, timeZone: string): CommissionDossier['contacts'] =>
  days
    .flatMap(({ actions, answers }) => [
      ...actions
        .filter(({ undone, kind }) => !undone && kind !== 'note')
        .map(({ at, kind, personId, by }) => ({ at, what: actionWords[kind], who: nameOf(personId, people), by: nameOf(by, people) })),
      ...answers.map(({ at, reason, guardianId }) => ({ at, what: answerWords[reason], who: nameOf(guardianId, people), by: '' })),
    ])
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, ...contact }) => {
      const { date, minute } = local(new Date(at), timeZone);
      return { when: `${dayWords(date)}, ${hourWords(minute)}`, ...contact };
    });

/** Made of the facts at the moment it is asked for: nothing of it is kept, and it goes to nobody by itself. */
export async function readCommissionDossier(
  { params: { uai, pupilId, month } }: Pick<Input<typeof routes.commissionDossier>, 'params'>,
  ports: ApiPorts,
): Promise<Reply<undefined>> {
  const clock = await schoolClock(uai, ports);
  const { school, today } = clock;
  const [reasons, { person, classLabel }, days] = await Promise.all([
    schoolReasons(school, ports),
    pupilAt(uai, pupilId, today, ports),
    ports.attendance.all('daysOfPupil', { uai, pupilId, ...daysOfMonth(month) }),
  ]);
  if (days.length === 0) throw missing();
  const people = await peopleById(
    uai,
    days.flatMap(({ actions, answers }) => [
      ...actions.flatMap(({ by, personId }) => [by, ...(personId === undefined ? [] : [personId])]),
      ...answers.map(({ guardianId }) => guardianId),
    ]),
    ports,
  );
  const halfDays = halfDaysOf(days, school, reasons);
  const pdf = await commissionPdf({
    school: school.name,
    place: [school.city, school.schoolLifePhone && `Vie scolaire : ${school.schoolLifePhone}`].filter(Boolean).join(' · '),
    pupil: `${person.givenName} ${person.familyName}`,
    classLabel: classLabel ?? '',
    month: monthWords(month),
    preparedOn: fullWords(today),
    figures: figureWords(countsOf(days.map(factsOf), countingOf(school))),
    halfDays: halfDays.filter(({ justified }) => !justified),
    justified: halfDays.filter(({ justified }) => justified),
    contacts: contactsOf(days, people, school.timeZone),
  });
  return new Reply<undefined>(pdf, { headers: { 'content-disposition': `attachment; filename="absences-${month}.pdf"` } });
}
