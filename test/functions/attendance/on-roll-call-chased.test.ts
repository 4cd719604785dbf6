import { describe, expect, it } from 'vitest';
import { onRollCallChased } from '../../../functions/attendance/on-roll-call-chased.ts';
import { relaunchRollCall } from '../../../functions/attendance/relaunch-roll-call.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { aSchool, brun, FERRAND, ferrand, MATHS, request, TODAY, UAI, VASSEUR } from './a-school.ts';

/** Maths has two teachers; both have an address. */
const asked = async () => {
  const world = aSchool(`${TODAY}T09:15`);
  for (const [personId, language] of [
    [FERRAND, 'fr'],
    [VASSEUR, 'en'],
  ] as const) {
    const record = world.records.get(personId);
    if (record) world.records.set(personId, { ...record, email: `${personId}@college.example`, language });
  }
  const ask = () => relaunchRollCall({ params: { uai: UAI, date: TODAY, lessonId: MATHS }, query: {}, caller: brun }, world.ports);
  const hear = (revision = 1) =>
    onRollCallChased({ name: 'attendance.roll-call-chased', payload: { uai: UAI, date: TODAY, lessonId: MATHS, revision } }, world.ports);
  await ask();
  return { ...world, askAgain: ask, hear };
};

describe('a teacher asked for a roll call', () => {
  it('has one mail in their language, that names no pupil and leads to the lesson', async () => {
    const { mail, hear, store } = await asked();
    await hear();
    expect(mail.sent().map(({ to, subject }) => [to, subject])).toEqual([
      [`${FERRAND}@college.example`, 'Appel de 9\u00A0h non envoyé'],
      [`${VASSEUR}@college.example`, 'Roll call of 9:00 not sent'],
    ]);
    const [first] = mail.sent();
    expect(first?.text).toContain(`https://preau.example/professeur/appel/${UAI}/${TODAY}/${MATHS}?groupes=g_class5eb`);
    expect(first?.html).toContain('Collège des &lt;Tilleuls&gt;');
    expect(first?.text).not.toContain('Léa');
    expect(store.items('reminder')).toMatchObject([{ mailedRevision: 1, mailedTo: [FERRAND, VASSEUR] }]);
  });

  it('has no second mail when the event comes twice, and one when they are asked again', async () => {
    const { mail, hear, askAgain, clock } = await asked();
    await Promise.all([hear(), hear()]);
    await hear();
    expect(mail.count()).toBe(2);
    clock.move(5 * 60_000);
    await askAgain();
    await hear(1);
    expect(mail.count()).toBe(2);
    await hear(2);
    expect(mail.count()).toBe(4);
  });

  it('has none once the roll call is there, without an address, or after leaving', async () => {
    const done = await asked();
    await saveRollCall(
      {
        params: { uai: UAI, date: TODAY, lessonId: MATHS },
        caller: ferrand,
        ...request({ state: 'done' as const, basedOn: 0, marks: [], added: [], removed: [] }),
      },
      done.ports,
    );
    await done.hear();
    expect(done.mail.count()).toBe(0);
    const { mail, hear, records } = await asked();
    const { email: _, ...ferrandUnreachable } = records.get(FERRAND) ?? expect.fail();
    records.set(FERRAND, ferrandUnreachable);
    records.set(VASSEUR, { ...(records.get(VASSEUR) ?? expect.fail()), departedOn: TODAY });
    await hear();
    expect(mail.count()).toBe(0);
  });

  it('is not written to again when a mail is in doubt: the log says so, without a name', async () => {
    const { mail, hear, store, ports } = await asked();
    mail.refuse(new Error('timeout'));
    await hear();
    mail.refuse(undefined);
    await hear();
    expect(mail.count()).toBe(0);
    expect(store.items('reminder')).toMatchObject([{ mailedRevision: 1, mailedTo: [] }]);
    expect(ports.log.lines().filter(({ code }) => code === 'roll-call.reminder-not-mailed')).toHaveLength(2);
  });
});
