import type { timetableOfImport as question } from '../../shared/directory/questions.ts';
import { type AnswerTo, type AskedOf, missing } from '../../shared/kernel/index.ts';
import { findJob } from './imports/job.ts';
import { COURSES, readCourses } from './imports/stored.ts';
import type { AnswersPorts } from './manifest.ts';

export async function answerTimetableOfImport(
  { uai, importId, cursor, limit }: AskedOf<typeof question>,
  { directory, importsFiles }: AnswersPorts,
): Promise<AnswerTo<typeof question>> {
  const job = await findJob({ uai, importId }, { directory });
  if (!job.calendar) throw missing();
  const { calendar, counts } = job;
  if (cursor >= counts.courses) return { calendar, courses: [] };
  const page = await readCourses(importsFiles, job, Math.floor(cursor / COURSES));
  const from = cursor % COURSES;
  const courses = page.slice(from, from + limit).map((course) => ({
    ...course,
    teacherIds: [...course.teacherIds],
    groupIds: [...course.groupIds],
    groupLabels: [...course.groupLabels],
    rooms: [...course.rooms],
  }));
  const next = cursor + courses.length;
  return { calendar, courses, ...(courses.length > 0 && next < counts.courses && { next }) };
}
