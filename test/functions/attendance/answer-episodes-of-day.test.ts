import { describe, expect, it } from 'vitest';
import { answerEpisodesOfDay } from '../../../functions/attendance/answer-episodes-of-day.ts';
import { aLink } from './a-link.ts';
import { TODAY, UAI } from './a-school.ts';

describe('asked about a day', () => {
  it('reads the pupils of the day alone, in one query', async () => {
    const { ports, store } = await aLink();
    await answerEpisodesOfDay({ uai: UAI, date: TODAY }, ports);
    expect(store.consumed().map(({ kind }) => kind)).toEqual(['query']);
  });
});
