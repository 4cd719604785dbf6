import { describe, expect, it } from 'vitest';
import { announceAbsence } from '../../../functions/attendance/announce-absence.ts';
import { addDays } from '../../../shared/kernel/index.ts';
import { aSchool, LEA, MUM, mum, request, TODAY, UAI } from './a-school.ts';

type World = ReturnType<typeof aSchool>;
type Body = Parameters<typeof announceAbsence>[0]['body'];
const announce = ({ ports }: World, body: Body, key?: string) =>
  announceAbsence({ params: { uai: UAI, pupilId: LEA }, caller: mum, ...request(body, key) }, ports);

describe('announcing an absence', () => {
  it('notes it in each day, under one id and with who said it', async () => {
    const world = aSchool();
    const { announcementId } = await announce(world, { from: TODAY, until: addDays(TODAY, 2), reason: 'illness' });
    expect(
      world.store
        .items('pupilDay')
        .map(({ date, movements, episodes }) => [date, movements[0]?.movementId, movements[0]?.announcedBy, episodes]),
    ).toEqual([0, 1, 2].map((days) => [addDays(TODAY, days), announcementId, MUM, []]));
  });

  it('takes 31 days in one transaction, and no more', async () => {
    const world = aSchool();
    await announce(world, { from: TODAY, until: addDays(TODAY, 30) });
    expect(world.store.items('pupilDay')).toHaveLength(31);
    await expect(announce(world, { from: TODAY, until: addDays(TODAY, 31) })).rejects.toMatchObject({
      code: 'attendance.announcement-too-long',
    });
  });

  it('refuses days gone by and days too far ahead', async () => {
    const world = aSchool();
    for (const [from, until] of [
      [addDays(TODAY, -1), TODAY],
      [addDays(TODAY, 366), addDays(TODAY, 366)],
    ] as const)
      await expect(announce(world, { from, until })).rejects.toMatchObject({ code: 'attendance.announcement-out-of-range' });
    expect(world.store.items()).toEqual([]);
    await announce(world, { from: addDays(TODAY, 365), until: addDays(TODAY, 365) });
  });

  it('is announced once for each key', async () => {
    const world = aSchool();
    const key = 'key-of-the-guardian';
    const first = await announce(world, { from: TODAY, until: TODAY }, key);
    expect(await announce(world, { from: TODAY, until: TODAY }, key)).toEqual(first);
    expect(world.store.items('pupilDay')[0]?.movements).toHaveLength(1);
    await expect(announce(world, { from: TODAY, until: addDays(TODAY, 1) }, key)).rejects.toMatchObject({
      code: 'request.idempotency-key-reused',
    });
  });
});
