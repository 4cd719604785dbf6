import { onPupilRemarked } from '../../../functions/notifications/on-pupil-remarked.ts';
import { reconcile } from '../../../functions/notifications/reconcile.ts';
import { sendDigest } from '../../../functions/notifications/send-digest.ts';
import { episodesOfDay, familyRemarks, followTimetable } from '../../../shared/attendance/questions.ts';
import { guardiansToTell, school as schoolQuestion } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import { DigestDue } from '../../../shared/notifications/digest.ts';
import { notifications } from '../../../shared/notifications/table.ts';
import { answered, askDouble, basePorts, memoryMail, memoryPush, memoryQueue, memorySecret, memoryStore } from '../../doubles/index.ts';
import { guardian, MOTHER, PUPIL, UAI } from './school-day.ts';

export const LYCEE = '0350023X';
export const BROTHER = 'p_noa00001';
export const ACCOUNT = 'p_claireaccount';
const DATE = '2026-09-15';

/**
 * Claire has opened her account: mother of Inès at the collège and of Noa at the lycée, where another record is hers. It is Tuesday 10:05.
 * `remarks` is what attendance holds; change it, and the next question tells.
 */
export const digestDay = () => {
  const claire = (personId: string) => guardian(personId, 'claire@example.org', { accountId: ACCOUNT });
  const facts = {
    remarks: new Map<string, { uai: string; pupilId: string; label: string; startMinute: number; shown: boolean }>(),
    families: {
      [UAI]: [
        {
          pupil: { pupilId: PUPIL, familyName: 'LEMOINE', givenName: 'Inès', sex: 'F' as const, adult: false },
          guardians: [claire(MOTHER), guardian('p_paul0001', 'paul@example.org')],
        },
      ],
      [LYCEE]: [
        {
          pupil: { pupilId: BROTHER, familyName: 'LEMOINE', givenName: 'Noa', sex: 'M' as const, adult: false },
          guardians: [claire('p_claire02')],
        },
      ],
    },
  };
  const base = basePorts();
  base.clock.set(`${DATE}T10:05`);
  const ports = {
    ...base,
    notifications: memoryStore(notifications),
    urgentQueue: memoryQueue(),
    bulkQueue: memoryQueue(),
    mail: memoryMail(),
    push: memoryPush(),
    linksSecret: memorySecret(),
    ask: askDouble(
      answered(episodesOfDay, () => []),
      answered(followTimetable, () => ({ followed: 0 })),
      answered(schoolQuestion, ({ uai }) =>
        School.parse({ uai, name: uai === UAI ? 'Collège des Tilleuls' : 'Lycée Renan', schoolLifeEmail: 'vie-scolaire@example.org' }),
      ),
      answered(guardiansToTell, ({ uai, pupilIds }) =>
        (facts.families[uai as keyof typeof facts.families] ?? []).filter(({ pupil }) => pupilIds.includes(pupil.pupilId)),
      ),
      answered(familyRemarks, ({ uai, remarks }) =>
        remarks.flatMap(({ remarkId, date }) => {
          const one = facts.remarks.get(remarkId);
          if (!one?.shown || one.uai !== uai) return [];
          return { remarkId, pupilId: one.pupilId, date, startMinute: one.startMinute, subject: 'MATHEMATIQUES', label: one.label };
        }),
      ),
    ),
  };
  let count = 0;
  const day = {
    facts,
    ports,
    /** A teacher notes something, and the event of it comes this often. */
    async remarked(uai = UAI, { visible = true, events = 1, label = 'Oubli de matériel' } = {}): Promise<string> {
      count += 1;
      const remarkId = `o_0197b3c0${String(count).padStart(4, '0')}`;
      const pupilId = uai === UAI ? PUPIL : BROTHER;
      facts.remarks.set(remarkId, { uai, pupilId, label, startMinute: 540 + count, shown: visible });
      for (let time = 0; time < events; time += 1) await day.heard(remarkId, visible);
      return remarkId;
    },
    async heard(remarkId: string, visible = true) {
      const { uai, pupilId } = facts.remarks.get(remarkId) ?? { uai: UAI, pupilId: PUPIL };
      const lessonId = 'l_20260915-0001';
      const payload = { uai, date: DATE, pupilId, lessonId, remarkId, visible, undone: false, revision: 1 };
      await onPupilRemarked({ name: 'attendance.pupil-remarked', payload }, ports);
    },
    look: () => reconcile(ports),
    /** The queue gives out what it has, whatever the delay. */
    async work(): Promise<void> {
      for (const message of ports.bulkQueue.take()) await sendDigest(DigestDue.parse(message), ports);
    },
    /** The clock shows this; the periodic look is had, and what it sent for is worked off. */
    async at(time: string): Promise<void> {
      ports.clock.set(time);
      await day.look();
      await day.work();
    },
    rows: () => ports.notifications.items('digest'),
  };
  return day;
};
