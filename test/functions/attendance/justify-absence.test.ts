import { describe, expect, it } from 'vitest';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { listAnswers } from '../../../functions/attendance/list-answers.ts';
import { aLink } from './a-link.ts';
import { brun, callerAt, LEA, MUM, mum, NOA, request, TODAY, UAI } from './a-school.ts';

const justify = (
  { ports, episodeId }: Awaited<ReturnType<typeof aLink>>,
  { reason = 'illness' as const, withProof = false, pupilId = LEA, episode = episodeId } = {},
) =>
  justifyAbsence({ params: { uai: UAI, date: TODAY, pupilId }, caller: mum, ...request({ episodeId: episode, reason, withProof }) }, ports);

describe('justifying from home', () => {
  it('is the same answer as from the mail, and school life reads it', async () => {
    const link = await aLink();
    const { answerId, upload } = await justify(link);
    expect(upload).toBeUndefined();
    expect(link.day()?.answers).toMatchObject([{ answerId, guardianId: MUM, via: 'home', reason: 'illness' }]);
    const { answers } = await listAnswers({ params: { uai: UAI, date: TODAY }, caller: brun, ...request(undefined) }, link.ports);
    expect(answers).toMatchObject([
      {
        answerId,
        reason: 'illness',
        fromMinute: 540,
        pupil: { givenName: 'Léa', classLabel: '5e B' },
        guardian: { personId: MUM, givenName: 'Claire' },
      },
    ]);
  });

  it('is the pupil’s own to give from 18 on, and not before', async () => {
    const link = await aLink();
    const pupil = callerAt('pupil', LEA);
    const say = () =>
      justifyAbsence(
        {
          params: { uai: UAI, date: TODAY, pupilId: LEA },
          caller: pupil,
          ...request({ episodeId: link.episodeId, reason: 'illness' as const, withProof: false }),
        },
        link.ports,
      );
    await expect(say()).rejects.toMatchObject({ kind: 'forbidden', code: 'attendance.not-of-age' });
    expect(link.day()?.answers).toEqual([]);
    link.adults.add(LEA);
    await say();
    expect(link.day()?.answers).toMatchObject([{ guardianId: LEA, reason: 'illness', via: 'home' }]);
  });

  it('says where to post a proof when there is one, also afterwards', async () => {
    const link = await aLink();
    const { answerId } = await justify(link);
    const again = await justify(link, { withProof: true });
    expect(again).toMatchObject({ answerId, upload: { fields: { key: `${UAI}/${TODAY}/${LEA}/${answerId}` } } });
    expect(link.day()?.answers).toMatchObject([{ answerId, proof: 'awaited' }]);
  });

  it('is missing for an episode that is not this pupil’s', async () => {
    const link = await aLink();
    await expect(justify(link, { pupilId: NOA })).rejects.toMatchObject({ kind: 'missing' });
    await expect(justify(link, { episode: 'e_other00001' })).rejects.toMatchObject({ kind: 'missing' });
    expect(link.store.changes()).toEqual([]);
  });
});
