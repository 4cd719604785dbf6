import { describe, expect, it } from 'vitest';
import { listNotices } from '../../../functions/notifications/list-notices.ts';
import { readNotice } from '../../../functions/notifications/read-notice.ts';
import { AccessCard, type Caller } from '../../../shared/kernel/index.ts';
import type { Notice } from '../../../shared/notifications/notice.ts';
import { DATE, MOTHER, PUPIL, schoolDay, UAI } from './school-day.ts';

const OTHER = 'p_leo000001';
const callerOf = (children: { pupilId: string; level: 1 | 2 | 3; until?: string }[], door: Caller['door'] = 'guardian'): Caller => ({
  personId: 'p_claireaccount',
  door,
  issuedAt: '2026-09-15T07:00:00.000Z',
  card: AccessCard.parse({ personId: 'p_claireaccount', door, schools: { [UAI]: { personId: MOTHER, children } } }),
});

const noticed = async () => {
  const { ports } = schoolDay();
  const put = (noticeId: string, pupilId: string, at: string) =>
    ports.notifications.write({
      put: 'notice',
      item: {
        ...{ uai: UAI, personId: MOTHER, date: DATE, noticeId, pupilId, episodeId: 'e_00000001', kind: 'absence', minute: 540 },
        ...{ at, expiresAt: 1_900_000_000 },
      } as Notice,
    });
  await put('n_00000001', PUPIL, '2026-09-15T07:17:00.000Z');
  await put('n_00000002', OTHER, '2026-09-15T08:17:00.000Z');
  const list = async (caller: Caller) => (await listNotices({ caller }, ports)).notices.map(({ noticeId }) => noticeId);
  return { ports, list };
};

describe('the inbox of the portal', () => {
  it('lists the latest first, across one’s children', async () => {
    const { list } = await noticed();
    expect(
      await list(
        callerOf([
          { pupilId: PUPIL, level: 1 },
          { pupilId: OTHER, level: 1 },
        ]),
      ),
    ).toEqual(['n_00000002', 'n_00000001']);
  });

  it('no longer holds what one was told of a child one may no longer be told of', async () => {
    const { list } = await noticed();
    expect(await list(callerOf([{ pupilId: OTHER, level: 1 }]))).toEqual(['n_00000002']);
    expect(
      await list(
        callerOf([
          { pupilId: PUPIL, level: 3 },
          { pupilId: OTHER, level: 1, until: '2026-09-01' },
        ]),
      ),
    ).toEqual([]);
  });

  it('marks one’s own as read, once, and knows no other', async () => {
    const { ports } = await noticed();
    const caller = callerOf([{ pupilId: PUPIL, level: 1 }]);
    const params = { uai: UAI, date: DATE, noticeId: 'n_00000001' };
    const first = await readNotice({ params, caller }, ports);
    ports.clock.move(60_000);
    expect(await readNotice({ params, caller }, ports)).toEqual(first);
    await expect(readNotice({ params: { ...params, noticeId: 'n_00000009' }, caller }, ports)).rejects.toMatchObject({ kind: 'missing' });
    await expect(readNotice({ params: { ...params, uai: '0352073W' }, caller }, ports)).rejects.toMatchObject({ kind: 'missing' });
  });
});
