import { describe, expect, it } from 'vitest';
import { onTimetableImported } from '../../../functions/timetable/on-timetable-imported.ts';
import { school, timetableOfImport } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import type { AnswerTo } from '../../../shared/kernel/index.ts';
import { timetable } from '../../../shared/timetable/table.ts';
import { answered, askDouble, basePorts, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const event = { name: 'directory.timetable-imported', payload: { uai, importId: 'i_00000001', revision: 1 } } as const;
type ImportedCourse = AnswerTo<typeof timetableOfImport>['courses'][number];

const course = (n: number, changes: Partial<ImportedCourse> = {}): ImportedCourse => ({
  weekday: (n % 5) + 1,
  startMinute: 480 + 55 * Math.floor(n / 5),
  minutes: 55,
  weeks: '4503599627370494',
  subject: { code: '061300', label: 'Mathématiques' },
  teacherIds: [`p_teacher${n % 7}`],
  groupIds: [`g_class00${n % 4}`],
  groupLabels: [`5e ${n % 4}`],
  rooms: [],
  ...changes,
});

function system(courses: ImportedCourse[]) {
  const store = memoryStore(timetable);
  let current = courses;
  const ask = askDouble(
    answered(school, () => School.parse({ uai, name: 'Les Tilleuls', academy: '10' })),
    answered(timetableOfImport, ({ cursor, limit }) => ({
      calendar: { firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02' },
      courses: current.slice(cursor, cursor + limit),
      ...(cursor + limit < current.length && { next: cursor + limit }),
    })),
  );
  return {
    store,
    import: (next = current) => {
      current = next;
      return onTimetableImported(event, { ...basePorts(), timetable: store, ask });
    },
  };
}

const many = Array.from({ length: 230 }, (_, n) => course(n, { startMinute: 300 + n }));

describe('an imported timetable', () => {
  it('is kept once for the school and once for each teacher and group, whatever its size', async () => {
    const { store, import: run } = system(many);
    await run();
    expect(await store.all('courses', { uai, owner: 'all' })).toHaveLength(230);
    expect(await store.all('courses', { uai, owner: 'p_teacher0' })).toHaveLength(
      many.filter(({ teacherIds }) => teacherIds.includes('p_teacher0')).length,
    );
    expect(await store.get('calendar', { uai })).toMatchObject({ firstMonday: '2026-08-31', rev: 1 });
  });

  it('writes nothing the second time', async () => {
    const { store, import: run } = system(many);
    await run();
    store.forget();
    await run();
    expect(store.changes()).toEqual([]);
  });

  it('gives exactly its differences when a course moves', async () => {
    const { store, import: run } = system(many);
    await run();
    store.forget();
    await run([...many.slice(1), course(0, { startMinute: 900 })]);
    const touched = store.changes().map(({ before, after }) => (after ? 'put' : before ? 'delete' : 'none'));
    expect(touched.sort()).toEqual(['delete', 'delete', 'delete', 'put', 'put', 'put']);
  });

  it('is finished by a retry, wherever it died', async () => {
    const whole = system(many);
    await whole.import();
    for (const dies of [1, 2, 4, 6]) {
      const { store, import: run } = system(many);
      const write = store.write.bind(store);
      let writes = 0;
      store.write = async (...all) => {
        if (++writes === dies) throw new Error('killed');
        return write(...all);
      };
      await expect(run()).rejects.toThrow('killed');
      await run();
      expect(store.items()).toEqual(whole.store.items());
    }
  });

  it('removes what it no longer holds from everyone, even when it dies half-way', async () => {
    const { store, import: run } = system(many);
    await run();
    const write = store.write.bind(store);
    let alive = 2;
    store.write = async (...all) => {
      if (alive-- === 0) throw new Error('killed');
      return write(...all);
    };
    await expect(run(many.slice(0, 3))).rejects.toThrow('killed');
    await run();
    expect(
      store
        .items('course')
        .map(({ owner }) => owner)
        .filter((owner) => owner === 'all'),
    ).toHaveLength(3);
    expect(store.items('course')).toHaveLength(9);
  });
});
