import type { rollCallChased } from '../../shared/attendance/events.ts';
import { people, school } from '../../shared/directory/questions.ts';
import { Failure, type Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import { faultOf } from '../runtime/log.ts';
import manifest, { type RollCallChasedPorts } from './manifest.ts';
import { reminderMail } from './reminder-mail.ts';

/**
 * One mail to each teacher for each asking, unless the roll call came meanwhile. It is marked before it is sent: a mail in doubt is not sent
 * twice, the teacher's home says the same.
 */
export async function onRollCallChased(
  { payload: { uai, date, lessonId, revision } }: Occurrence<typeof rollCallChased>,
  ports: RollCallChasedPorts,
): Promise<void> {
  const { attendance, ask, mail, ids, site, log } = ports;
  const key = { uai, date, lessonId };
  const found = await attendance.read({ get: 'rollCall', key }, { get: 'reminder', key });
  const reminder = found.find((item) => item.entity === 'reminder');
  if (!reminder || reminder.revision !== revision) return;
  if (found.some((item) => item.entity === 'rollCall' && item.state === 'done')) return;
  const [teachers, at] = await Promise.all([ask(people, { uai, personIds: reminder.teacherIds }), ask(school, { uai })]);
  if (!at) return;
  try {
    await attendance.write({
      update: 'reminder',
      key,
      set: { mailedRevision: revision },
      when: { is: { revision }, below: { mailedRevision: revision } },
    });
  } catch (error) {
    if (error instanceof Failure && error.kind === 'conflict') return;
    throw error;
  }
  const mailedTo: string[] = [];
  for (const { personId, email, language, until, departedOn } of teachers) {
    if (email === undefined || departedOn !== undefined || (until !== undefined && until < date)) continue;
    const message = reminderMail({ reminder, school: at, language, site: site.url });
    try {
      await mail.send({ ...message, to: email, tag: ids.natural('r', uai, date, lessonId, personId, revision) });
      mailedTo.push(personId);
    } catch (error) {
      log.warn('roll-call.reminder-not-mailed', { lesson: lessonId, personId, ...faultOf(error) });
    }
  }
  await attendance.write({ update: 'reminder', key, set: { mailedTo }, when: { present: true } });
}

export const handler = consume(manifest.consumers['on-roll-call-chased'], onRollCallChased);
