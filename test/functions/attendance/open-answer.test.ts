import { describe, expect, it } from 'vitest';
import { onDayChanged } from '../../../functions/attendance/on-day-changed.ts';
import { openAnswer } from '../../../functions/attendance/open-answer.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { signLink } from '../../../functions/runtime/signed-link.ts';
import { ANSWER_LINK } from '../../../shared/attendance/answer.ts';
import { aLink, textOf } from './a-link.ts';
import { DAD, ferrand, LEA, MATHS, MUM, request, TODAY, UAI } from './a-school.ts';

const open = ({ ports }: Awaited<ReturnType<typeof aLink>>, token: string) =>
  openAnswer({ params: { token }, caller: undefined, ...request(undefined) }, ports);

describe('the page an absence mail leads to', () => {
  it('says one fact and asks one question, with nothing chosen beforehand', async () => {
    const link = await aLink();
    const { status, body } = await open(link, link.token);
    expect(status).toBe(200);
    const text = textOf(body);
    expect(text).toContain('Léa n’a pas été vue en cours ce matin à 9\u00A0h');
    expect(text).toContain('Mardi 15 septembre, Mathématiques.');
    for (const words of [
      'Elle est malade',
      'Problème de transport',
      'Raison familiale',
      'Je ne savais pas',
      '02\u00A061\u00A091\u00A004\u00A012',
    ])
      expect(text).toContain(words);
    expect(text).toContain('jusqu’au 16 septembre');
    expect(String(body)).not.toContain('checked ');
  });

  it('has neither script nor anything from elsewhere, and its style is let in by its hash', async () => {
    const link = await aLink();
    const { body, headers } = await open(link, link.token);
    expect(String(body)).not.toMatch(/<script|javascript:|\son\w+=|<link|<img|src=/i);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(String(body)).toContain(`action="/api/public/attendance/answers/${link.token}"`);
  });

  it('speaks the guardian’s language', async () => {
    const link = await aLink({ guardianId: DAD });
    const { body } = await open(link, link.token);
    expect(String(body)).toContain('<html lang="en">');
    expect(textOf(body)).toContain('Léa was not seen in class this morning at 9:00');
    expect(textOf(body)).toContain('Tuesday 15 September');
  });

  it('escapes what comes from an import', async () => {
    const link = await aLink();
    const lea = link.records.get(LEA);
    if (lea) link.records.set(LEA, { ...lea, givenName: '<img src=x onerror=alert(1)>' });
    const { body } = await open(link, link.token);
    expect(String(body)).not.toContain('<img');
    expect(String(body)).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(String(body)).toContain('Collège des &lt;Tilleuls&gt;');
  });

  it('opens no more once it has expired, by the system clock alone', async () => {
    const link = await aLink();
    link.clock.moveCivil(48 * 3_600_000);
    expect((await open(link, link.token)).status).toBe(200);
    link.clock.moveSystem(25 * 3_600_000);
    const { status, body } = await open(link, link.token);
    expect(status).toBe(410);
    expect(textOf(body)).toContain('Ce lien a expiré');
    expect(textOf(body)).not.toContain('Léa');
  });

  it('opens no more for a guardian who is not entitled any longer, and still for the other one', async () => {
    const link = await aLink();
    const dads = await aLink({ guardianId: DAD });
    link.guardians.delete(MUM);
    dads.guardians.delete(MUM);
    const { status, body } = await open(link, link.token);
    expect(status).toBe(410);
    expect(textOf(body)).not.toContain('Léa');
    expect((await open(dads, dads.token)).status).toBe(200);
  });

  it('does not know a forged, foreign or mistyped link, nor one of a school that is not there', async () => {
    const link = await aLink();
    const elsewhere = await signLink(link.linksSecret, ANSWER_LINK, { ...link.claims, uai: '0690002B' }, link.expires);
    const purpose = await signLink(link.linksSecret, 'other', link.claims, link.expires);
    for (const token of ['x', `${link.token}x`, link.token.slice(1), elsewhere, purpose]) {
      const { status, body } = await open(link, token);
      expect(status).toBe(404);
      expect(textOf(body)).not.toContain('Léa');
    }
  });

  it('shows an episode of that pupil alone', async () => {
    const link = await aLink();
    const token = await signLink(link.linksSecret, ANSWER_LINK, { ...link.claims, episodeId: 'e_other00001' }, link.expires);
    expect((await open(link, token)).status).toBe(410);
  });

  it('asks nothing more when it was our mistake', async () => {
    const link = await aLink();
    const params = { uai: UAI, date: TODAY, lessonId: MATHS };
    await saveRollCall(
      { params, caller: ferrand, ...request({ state: 'done' as const, basedOn: 1, marks: [], added: [], removed: [] }) },
      link.ports,
    );
    const { body } = await open(link, link.token);
    expect(textOf(body)).toContain('Rectificatif\u00A0: Léa était bien en cours à 9\u00A0h');
    expect(String(body)).not.toContain('<form');
  });

  it('says that the lesson did not take place, and asks nothing more', async () => {
    const link = await aLink();
    link.lessons.splice(0, link.lessons.length, ...link.lessons.map((one) => ({ ...one, notHeld: { reason: 'teacher-absent' as const } })));
    await onDayChanged({ name: 'timetable.day-changed', payload: { uai: UAI, date: TODAY, target: MATHS } }, link.ports);
    const { body } = await open(link, link.token);
    expect(textOf(body)).toContain('Rectificatif\u00A0: le cours de 9\u00A0h n’a pas eu lieu');
    expect(textOf(body)).not.toContain('était bien en cours');
    expect(String(body)).not.toContain('<form');
  });

  it('shows nothing of the other guardian’s answer, and writes nothing', async () => {
    const link = await aLink();
    const before = (await open(link, link.token)).body;
    const { giveAnswer } = await import('../../../functions/attendance/given-answer.ts');
    const { schoolClock } = await import('../../../functions/attendance/school-clock.ts');
    await giveAnswer({ ...link.claims, guardianId: DAD, reason: 'transport', via: 'link' }, await schoolClock(UAI, link.ports), link.ports);
    link.store.forget();
    expect((await open(link, link.token)).body).toBe(before);
    expect(link.store.changes()).toEqual([]);
  });
});
