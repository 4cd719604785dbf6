import { describe, expect, it } from 'vitest';
import { sendAnswer } from '../../../functions/attendance/send-answer.ts';
import type { AnswerReason } from '../../../shared/attendance/answer.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import { aLink, textOf } from './a-link.ts';
import { MUM, request } from './a-school.ts';

const send = ({ ports, token }: Awaited<ReturnType<typeof aLink>>, reason: AnswerReason, other = token) =>
  sendAnswer({ params: { token: other }, caller: undefined, ...request({ reason }) }, ports);

describe('answering from the mail', () => {
  it('records the reason, says « motif transmis » and tells school life', async () => {
    const link = await aLink();
    const { status, body } = await send(link, 'illness');
    expect(status).toBe(200);
    expect(textOf(body)).toContain('Motif transmis');
    expect(textOf(body)).toContain('Seule la vie scolaire dit si le motif est recevable.');
    expect(link.day()?.answers).toMatchObject([{ guardianId: MUM, reason: 'illness', via: 'link', episodeId: link.episodeId }]);
    expect(
      link.store
        .changes()
        .flatMap(eventsOf)
        .map(({ name }) => name),
    ).toEqual(['attendance.answer-received']);
  });

  it('offers to add a proof, posted to the bucket alone', async () => {
    const link = await aLink();
    const { body, headers } = await send(link, 'transport');
    const answerId = link.day()?.answers[0]?.answerId;
    expect(link.proofsFiles.uploads()).toEqual([
      {
        key: `0750001A/2026-09-15/p_lea00001/${answerId}`,
        contentType: 'application/octet-stream',
        maxBytes: 10_485_760,
        seconds: 900,
        successRedirect: `https://preau.example/api/public/attendance/answers/${link.token}/proofs/${answerId}`,
      },
    ]);
    expect(String(body)).toContain('enctype="multipart/form-data" action="https://files.example"');
    expect(headers['content-security-policy']).toContain("form-action 'self' https://files.example;");
  });

  it('raises « Je ne savais pas », and asks for no proof of it', async () => {
    const link = await aLink();
    const { body } = await send(link, 'unknown');
    expect(textOf(body)).toContain('La vie scolaire est alertée');
    expect(String(body)).not.toContain('type="file"');
    expect(link.proofsFiles.uploads()).toEqual([]);
  });

  it('is one answer however often the button is pressed, and another when the mind is changed', async () => {
    const link = await aLink();
    await Promise.all([send(link, 'illness'), send(link, 'illness')]);
    await send(link, 'illness');
    expect(link.day()?.answers).toHaveLength(1);
    await send(link, 'family');
    expect(link.day()?.answers.map(({ reason }) => reason)).toEqual(['illness', 'family']);
  });

  it('takes twenty answers from one person, and no more', async () => {
    const link = await aLink();
    for (let n = 0; n < 20; n += 1) await send(link, n % 2 ? 'illness' : 'family');
    await expect(send(link, 'travel')).rejects.toMatchObject({ code: 'attendance.too-many-entries' });
    expect(link.day()?.answers).toHaveLength(20);
  });

  it('writes nothing for a link that is forged, expired, or no longer its holder’s right', async () => {
    const link = await aLink();
    expect((await send(link, 'illness', 'forged')).status).toBe(404);
    link.guardians.delete(MUM);
    expect((await send(link, 'illness')).status).toBe(410);
    link.guardians.set(MUM, { level: 1, householdId: 'h1' });
    link.clock.moveSystem(25 * 3_600_000);
    expect((await send(link, 'illness')).status).toBe(410);
    expect(link.store.changes()).toEqual([]);
  });
});
