import type { peopleImported, timetableImported } from '../../shared/directory/events.ts';
import { school, timetableOfImport } from '../../shared/directory/questions.ts';
import type { Ask, Occurrence } from '../../shared/kernel/index.ts';
import type { Course } from '../../shared/timetable/course.ts';
import type { TimetableImportedPorts } from './manifest.ts';
import { keepWeeks, type Span } from './school-weeks.ts';

/** The courses an import brought, each once. */
const importedCourses = async (uai: string, importId: string, ask: Ask): Promise<{ span: Span | undefined; courses: Course[] }> => {
  const courses = new Map<string, Course>();
  let span: Span | undefined;
  for (let cursor: number | undefined = 0; cursor !== undefined; ) {
    const page: { calendar: Span; courses: Omit<Course, 'uai'>[]; next?: number | undefined } = await ask(timetableOfImport, {
      uai,
      importId,
      cursor,
      limit: 200,
    });
    span = page.calendar;
    for (const course of page.courses) courses.set(JSON.stringify(course), { ...course, uai });
    cursor = page.next;
  }
  return { span, courses: [...courses.values()] };
};

/** Replaces a school's weeks and class lists by what an applied import left. One without a timetable changes people: the courses stay as they lie. */
export async function onTimetableImported(
  { name, payload: { uai, importId } }: Occurrence<typeof timetableImported> | Occurrence<typeof peopleImported>,
  ports: TimetableImportedPorts,
): Promise<void> {
  const found = await ports.ask(school, { uai });
  if (!found) return;
  await keepWeeks(found, name === 'directory.timetable-imported' ? await importedCourses(uai, importId, ports.ask) : undefined, ports);
}
