import { describe, expect, it } from 'vitest';
import { recordActivation } from '../../../functions/directory/record-activation.ts';
import { updateCard } from '../../../shared/directory/plan.ts';
import { UAI } from './imports/job-double.ts';
import { again, callerOf, GUARDIANS, PUPILS, scene } from './scene.ts';

const at = '2026-09-15T08:00:00.000Z';

describe('opening a record', () => {
  it('keeps the address the person gives, whatever later files say', async () => {
    const school = await scene();
    const { personId } = school.person('Claire MARTIN');
    expect(await recordActivation({ uai: UAI, personId, accountId: personId, at, email: 'own@example.org' }, school.ports)).toEqual({
      door: 'guardian',
    });
    await again(
      school,
      PUPILS,
      GUARDIANS.map((line) => (line.id === '501' ? { ...line, email: 'file@example.org' } : line)),
    );
    expect(school.person('Claire MARTIN')).toMatchObject({ email: 'own@example.org', activatedAt: at, accountId: personId });
  });

  it('moves the links onto the card of an earlier account, where imports keep them', async () => {
    const school = await scene();
    // The account of another school's record of the same mother.
    const accountId = 'p_earlier000';
    await school.directory.write(updateCard(accountId, { door: 'guardian' }));
    const { personId } = school.person('Claire MARTIN');
    await recordActivation({ uai: UAI, personId, accountId, at }, school.ports);
    expect((await callerOf(school, accountId)).card.schools[UAI]).toMatchObject({ personId, children: [{}, {}] });
    expect((await callerOf(school, personId)).card.schools).toEqual({});
    await again(
      school,
      PUPILS,
      GUARDIANS.map((line) => (line.id === '501' ? { ...line, of: [['101', 1] as const] } : line)),
    );
    expect((await callerOf(school, accountId)).card.schools[UAI]?.children).toHaveLength(1);
    expect((await callerOf(school, personId)).card.schools).toEqual({});
  });

  it('is one thing when it is told twice, and counted once', async () => {
    const school = await scene();
    const { personId } = school.person('Claire MARTIN');
    await recordActivation({ uai: UAI, personId, accountId: personId, at }, school.ports);
    await recordActivation({ uai: UAI, personId, accountId: personId, at: '2026-09-16T08:00:00.000Z' }, school.ports);
    expect(school.person('Claire MARTIN').activatedAt).toBe(at);
    expect(school.directory.items('figures')[0]).toMatchObject({ activatedGuardian: 1 });
  });

  it('refuses an account of another door, a second account, and a second record of one school', async () => {
    const school = await scene();
    const { personId } = school.person('Claire MARTIN');
    await school.directory.write(updateCard('p_teacher000', { door: 'teacher' }));
    await expect(recordActivation({ uai: UAI, personId, accountId: 'p_teacher000', at }, school.ports)).rejects.toMatchObject({
      code: 'directory.other-door',
    });
    const paul = school.person('Paul MARTIN').personId;
    await expect(recordActivation({ uai: UAI, personId, accountId: paul, at }, school.ports)).rejects.toMatchObject({
      code: 'directory.already-at-school',
    });
    await recordActivation({ uai: UAI, personId, accountId: personId, at }, school.ports);
    await expect(recordActivation({ uai: UAI, personId, accountId: paul, at }, school.ports)).rejects.toMatchObject({
      code: 'directory.already-activated',
    });
  });
});
