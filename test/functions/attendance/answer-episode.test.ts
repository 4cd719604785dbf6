import { describe, expect, it } from 'vitest';
import { answerEpisode } from '../../../functions/attendance/answer-episode.ts';
import { answerEpisodesOfDay } from '../../../functions/attendance/answer-episodes-of-day.ts';
import * as questions from '../../../shared/attendance/questions.ts';
import { aLink } from './a-link.ts';
import { LEA, NOA, TODAY, UAI } from './a-school.ts';

describe('asked about an episode', () => {
  it('tells it as it now stands, in the shape of the question', async () => {
    const { ports, episodeId } = await aLink();
    const found = await answerEpisode({ uai: UAI, date: TODAY, pupilId: LEA, episodeId }, ports);
    expect(questions.episode.answer.parse(found)).toEqual({
      uai: UAI,
      date: TODAY,
      pupilId: LEA,
      episodeId,
      state: 'open',
      startMinute: 540,
      endMinute: 595,
      subject: 'Mathématiques',
      savedAt: '2026-09-15T07:05:00.000Z',
      dueAt: '2026-09-15T07:15:00.000Z',
      seenBefore: false,
      revision: 1,
    });
  });

  it('knows none of another pupil or day', async () => {
    const { ports, episodeId } = await aLink();
    expect(await answerEpisode({ uai: UAI, date: TODAY, pupilId: NOA, episodeId }, ports)).toBeNull();
    expect(await answerEpisode({ uai: UAI, date: '2026-09-16', pupilId: LEA, episodeId }, ports)).toBeNull();
    expect(await answerEpisode({ uai: UAI, date: TODAY, pupilId: LEA, episodeId: 'e_other00001' }, ports)).toBeNull();
  });

  it('tells every episode of a day, and none of another school', async () => {
    const { ports, episodeId } = await aLink();
    const found = await answerEpisodesOfDay({ uai: UAI, date: TODAY }, ports);
    expect(questions.episodesOfDay.answer.parse(found)).toMatchObject([{ episodeId, pupilId: LEA }]);
    expect(await answerEpisodesOfDay({ uai: '0690002B', date: TODAY }, ports)).toEqual([]);
  });
});
