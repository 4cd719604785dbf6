import { yearErased } from '../../shared/attendance/events.ts';
import { peopleImported, schoolChanged, timetableImported } from '../../shared/directory/events.ts';
import { classLists, people, peopleAt, rosters, school, timetableOfImport } from '../../shared/directory/questions.ts';
import { defineContext, defineRelay, may, mayAsk, type PortsOf } from '../../shared/kernel/index.ts';
import { dayChanged } from '../../shared/timetable/events.ts';
import { eventsOf } from '../../shared/timetable/events-of.ts';
import * as questions from '../../shared/timetable/questions.ts';
import * as routes from '../../shared/timetable/routes.ts';
import { listStandIns, setStandIns } from '../../shared/timetable/stand-in-routes.ts';
import { timetable } from '../../shared/timetable/table.ts';

const { readDay, readPupilDay, markNotHeld, markHeld, openLesson, readCalendar, closeDays } = routes;

const manifest = defineContext({
  name: 'timetable',
  table: timetable,
  api: {
    routes: { readDay, readPupilDay, markNotHeld, markHeld, openLesson, readCalendar, closeDays, listStandIns, setStandIns },
    grants: [may(timetable, 'get', 'put'), mayAsk(people), mayAsk(rosters)],
    loses: 'Nobody sees the lessons of the day; lessons can be neither opened nor marked as not held.',
  },
  answers: {
    questions,
    grants: [may(timetable, 'get')],
    loses: 'Teachers find no lesson to call the roll of.',
  },
  relay: defineRelay(timetable, {
    emits: [dayChanged],
    eventsOf,
    loses: 'A lesson marked « n’a pas eu lieu » is not announced to the rest of the system.',
  }),
  consumers: {
    'on-timetable-imported': {
      on: [timetableImported, peopleImported],
      grants: [
        may(timetable, 'get', 'query', 'put', 'delete'),
        mayAsk(timetableOfImport),
        mayAsk(classLists),
        mayAsk(people),
        mayAsk(peopleAt),
        mayAsk(school),
      ],
      timeout: 30,
      // Every pupil's week at once: a school of two thousand is some 10 MB of items.
      memory: 1024,
      loses: 'A newly imported timetable or class list does not appear: teachers see last week’s, a new pupil is in no roll call.',
    },
    'on-year-erased': {
      on: [yearErased],
      grants: [may(timetable, 'get', 'delete')],
      timeout: 30,
      loses: 'Which lessons of an ended school year were not held, and who said so, stays longer than the law allows (R131-6).',
    },
    'on-school-changed': {
      on: [schoolChanged],
      grants: [
        may(timetable, 'get', 'query', 'put', 'update', 'delete'),
        mayAsk(classLists),
        mayAsk(people),
        mayAsk(peopleAt),
        mayAsk(school),
      ],
      timeout: 30,
      loses: 'A school’s new waits before families are told, and an école’s new hours, are not kept until its next import.',
    },
  },
});

export default manifest;
export type ApiPorts = PortsOf<typeof manifest.api>;
export type AnswersPorts = PortsOf<typeof manifest.answers>;
export type TimetableImportedPorts = PortsOf<(typeof manifest.consumers)['on-timetable-imported']>;
export type YearErasedPorts = PortsOf<(typeof manifest.consumers)['on-year-erased']>;
export type SchoolChangedPorts = PortsOf<(typeof manifest.consumers)['on-school-changed']>;
