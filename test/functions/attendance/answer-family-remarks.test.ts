import { describe, expect, it } from 'vitest';
import { answerFamilyRemarks } from '../../../functions/attendance/answer-family-remarks.ts';
import { attendance } from '../../../shared/attendance/table.ts';
import { memoryStore } from '../../doubles/index.ts';

const uai = '0352072V';
const remark = {
  ...{ uai, date: '2026-11-23', lessonId: 'l_20261123-0001', remarkId: 'o_0197b3c00001', pupilId: 'p_0197b3c0a1b2', startMinute: 540 },
  ...{ subject: 'Mathématiques', kindId: 'k_equipment', label: 'Oubli de matériel', visible: true, text: 'Deuxième fois.' },
  ...{ by: 'p_0197b3c0teach', at: '2026-11-23T08:12:00.000Z', revision: 1 },
};

describe('the remarks that families may read', () => {
  it('are those the school shows and nobody took back, without the words added by hand', async () => {
    const store = memoryStore(attendance);
    const hidden = { ...remark, remarkId: 'o_0197b3c00002', visible: false };
    const undone = { ...remark, remarkId: 'o_0197b3c00003', undone: { by: remark.by, at: remark.at }, revision: 2 };
    for (const item of [remark, hidden, undone]) await store.write({ put: 'remark', item });
    const keys = [remark, hidden, undone, { ...remark, remarkId: 'o_0197b3c00004' }];
    const asked = { uai, remarks: keys.map(({ date, lessonId, remarkId }) => ({ date, lessonId, remarkId })) };
    const { remarkId, pupilId, date, startMinute, subject, label } = remark;
    expect(await answerFamilyRemarks(asked, { attendance: store } as never)).toEqual([
      { remarkId, pupilId, date, startMinute, subject, label },
    ]);
  });
});
