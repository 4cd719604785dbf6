import { describe, expect, it } from 'vitest';
import { receiveProof } from '../../../functions/attendance/receive-proof.ts';
import { sendAnswer } from '../../../functions/attendance/send-answer.ts';
import { signLink } from '../../../functions/runtime/signed-link.ts';
import { ANSWER_LINK } from '../../../shared/attendance/answer.ts';
import { aLink, textOf } from './a-link.ts';
import { DAD, request } from './a-school.ts';

const answeredLink = async () => {
  const link = await aLink();
  await sendAnswer({ params: { token: link.token }, caller: undefined, ...request({ reason: 'illness' as const }) }, link.ports);
  const answerId = link.day()?.answers[0]?.answerId ?? '';
  const key = link.proofsFiles.uploads()[0]?.key ?? '';
  const receive = (token = link.token, id = answerId) =>
    receiveProof(
      { params: { token, answerId: id }, caller: undefined, ...request(undefined), query: { key: 'x', bucket: 'y' } },
      link.ports,
    );
  return { ...link, answerId, key, receive };
};

describe('coming back from the bucket', () => {
  it('notes the proof once it is there', async () => {
    const link = await answeredLink();
    await link.proofsFiles.write(link.key, '%PDF-1.7 %%EOF', 'application/octet-stream');
    const { body } = await link.receive();
    expect(textOf(body)).toContain('Justificatif transmis');
    expect(link.day()?.answers[0]?.proof).toBe('received');
    const revision = link.day()?.revision;
    await link.receive();
    expect(link.day()?.revision).toBe(revision);
  });

  it('believes the bucket, not the address', async () => {
    const link = await answeredLink();
    const { body } = await link.receive();
    expect(textOf(body)).toContain('Le justificatif n’est pas arrivé');
    expect(link.day()?.answers[0]).not.toHaveProperty('proof');
  });

  it('knows no answer of somebody else', async () => {
    const link = await answeredLink();
    await link.proofsFiles.write(link.key, '%PDF-1.7 %%EOF', 'application/octet-stream');
    const dads = await signLink(link.linksSecret, ANSWER_LINK, { ...link.claims, guardianId: DAD }, link.expires);
    expect((await link.receive(dads)).status).toBe(410);
    expect((await link.receive(link.token, 'w_00000099')).status).toBe(410);
    expect(link.day()?.answers[0]).not.toHaveProperty('proof');
  });
});
