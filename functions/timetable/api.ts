import { serve } from '../runtime/serve.ts';
import { closeDays } from './close-days.ts';
import { listStandIns } from './list-stand-ins.ts';
import manifest from './manifest.ts';
import { markHeld, markNotHeld } from './mark-not-held.ts';
import { openLesson } from './open-lesson.ts';
import { readCalendar } from './read-calendar.ts';
import { readDay } from './read-day.ts';
import { readPupilDay } from './read-pupil-day.ts';
import { setStandIns } from './set-stand-ins.ts';

export const handler = serve(manifest.api, {
  readDay,
  readPupilDay,
  markNotHeld,
  markHeld,
  openLesson,
  readCalendar,
  closeDays,
  listStandIns,
  setStandIns,
});
