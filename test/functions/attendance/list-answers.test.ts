import { describe, expect, it } from 'vitest';
import { listAnswers } from '../../../functions/attendance/list-answers.ts';
import { sendAnswer } from '../../../functions/attendance/send-answer.ts';
import { aLink } from './a-link.ts';
import { brun, request, TODAY, UAI } from './a-school.ts';

describe('what guardians answered about a day', () => {
  it('is nothing before they did, then the last first, in one query', async () => {
    const link = await aLink();
    const list = () => listAnswers({ params: { uai: UAI, date: TODAY }, caller: brun, ...request(undefined) }, link.ports);
    expect(await list()).toEqual({ answers: [] });
    for (const reason of ['unknown', 'transport'] as const) {
      link.clock.move(60_000);
      await sendAnswer({ params: { token: link.token }, caller: undefined, ...request({ reason }) }, link.ports);
    }
    link.store.forget();
    expect((await list()).answers.map(({ reason }) => reason)).toEqual(['transport', 'unknown']);
    expect(link.store.consumed().map(({ kind }) => kind)).toEqual(['query']);
  });
});
