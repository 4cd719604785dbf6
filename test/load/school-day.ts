import { guardiansToTell, invite, rosters } from '../../shared/directory/questions.ts';
import { type LocalDate, local } from '../../shared/kernel/index.ts';
import { day } from '../../shared/timetable/questions.ts';
import type { Consumed } from '../doubles/index.ts';
import type { MemorySystem } from './memory-system.ts';

/** Who is there on the day of an imported school: staff of every duty, a teacher with a class now, a family of that class. */
export const openSchoolDay = async (system: MemorySystem, uai: string) => {
  const { ask } = system;
  const { date, minute }: { date: LocalDate; minute: number } = local(system.clock.civil(), 'Europe/Paris');
  const staff = async (duties: readonly ('school-life' | 'direction' | 'office')[], door: 'staff' | 'authority' = 'staff') =>
    (
      await ask(invite, {
        uai,
        door,
        familyName: 'BERNARD',
        givenName: duties[0] ?? 'Anne',
        duties: [...duties],
        oversees: door === 'authority' ? [uai] : [],
        email: `${duties[0] ?? 'authority'}@preau.example`,
      })
    ).personId;
  const schoolLife = await staff(['school-life']);
  const office = await staff(['office']);
  const authority = await staff([], 'authority');
  const { lessons } = await ask(day, { uai, date });
  for (const lesson of lessons.filter(({ startMinute, endMinute }) => startMinute <= minute && minute < endMinute)) {
    const [teacher] = lesson.teacherIds;
    const [group] = await ask(rosters, { uai, groupIds: lesson.groupIds.slice(0, 1), on: date });
    const pupils = group?.pupils.map(({ pupilId }) => pupilId) ?? [];
    const families = await ask(guardiansToTell, { uai, pupilIds: pupils.slice(0, 60), on: date });
    const told = families.filter(({ guardians }) => guardians.some(({ email }) => email !== undefined));
    const [first, second] = told;
    const guardian = first?.guardians[0]?.personId;
    if (teacher === undefined || !first || !second || guardian === undefined || lesson.groupIds.length > 1) continue;
    const absent = [first.pupil.pupilId, second.pupil.pupilId];
    return {
      uai,
      date,
      lesson,
      teacher,
      guardian,
      pupil: first.pupil.pupilId,
      schoolLife,
      office,
      authority,
      /** Two absents; then everything that follows, mails included, once they are due. */
      async rollCall(): Promise<{ saved: Consumed[]; settled: Consumed[] }> {
        system.spent();
        const answer = await system.request(
          { door: 'teacher', personId: teacher },
          'PUT',
          `/attendance/schools/${uai}/days/${date}/lessons/${lesson.lessonId}/roll-call`,
          {
            query: `groups=${lesson.groupIds.join(',')}`,
            body: { state: 'done', basedOn: 0, marks: absent.map((pupilId) => ({ pupilId, state: 'absent' })), added: [], removed: [] },
          },
        );
        if (answer.statusCode !== 200) throw new Error(`the roll call: ${answer.statusCode} ${answer.body}`);
        // `settle` takes changes away with what was spent: what saving cost is read before it.
        const saved = system.cost();
        await system.settle();
        system.clock.move(60 * 60_000);
        await system.sendMails();
        await system.settle();
        system.clock.move(-60 * 60_000);
        const settled = system.spent().slice(saved.length);
        return { saved, settled };
      },
    };
  }
  throw new Error('no class has a lesson now');
};
