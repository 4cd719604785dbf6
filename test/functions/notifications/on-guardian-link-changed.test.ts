import { describe, expect, it } from 'vitest';
import { onGuardianLinkChanged } from '../../../functions/notifications/on-guardian-link-changed.ts';
import { FATHER, guardian, MOTHER, PUPIL, schoolDay, UAI } from './school-day.ts';

const changed = (guardianId: string) =>
  ({ name: 'directory.guardian-link-changed', payload: { uai: UAI, pupilId: PUPIL, guardianId, revision: 2 } }) as const;

describe('« Suspendre ce responsable »', () => {
  it('stops the mail that was not sent, and nobody else’s', async () => {
    const { facts, told, ports, states } = schoolDay();
    await told();
    facts.guardians = facts.guardians.slice(0, 1);
    await onGuardianLinkChanged(changed(FATHER), ports);
    expect(states()).toEqual({ [`${MOTHER} absence email`]: 'pending', [`${FATHER} absence email`]: 'cancelled' });
  });

  it('leaves alone what was sent', async () => {
    const { facts, told, ports, row, work, dueTime } = schoolDay();
    await told();
    dueTime();
    await work();
    facts.guardians = facts.guardians.slice(0, 1);
    await onGuardianLinkChanged(changed(FATHER), ports);
    expect(await row(FATHER)).toMatchObject({ state: 'accepted' });
  });
});

describe('a tie made or given back', () => {
  it('tells of what the pupil is missing today', async () => {
    const { facts, told, ports, work, sentTo, dueTime } = schoolDay();
    const [mother, father] = facts.guardians;
    facts.guardians = [mother as never];
    await told();
    dueTime();
    facts.guardians = [mother as never, father as never];
    await onGuardianLinkChanged(changed(FATHER), ports);
    await work();
    expect(sentTo()).toEqual(['claire@example.org', 'paul@example.org']);
  });

  it('revives the mail that a suspension had stopped', async () => {
    const { facts, told, ports, states } = schoolDay();
    const everybody = facts.guardians;
    await told();
    facts.guardians = everybody.slice(0, 1);
    await onGuardianLinkChanged(changed(FATHER), ports);
    facts.guardians = everybody;
    await onGuardianLinkChanged(changed(FATHER), ports);
    expect(states()[`${FATHER} absence email`]).toBe('pending');
  });

  it('costs one read at a school where nobody was ever told anything', async () => {
    const { ports, facts } = schoolDay();
    facts.guardians = [guardian(MOTHER)];
    await onGuardianLinkChanged(changed(MOTHER), ports);
    expect(ports.notifications.consumed()).toHaveLength(1);
    expect(ports.ask.asked()).toEqual([]);
  });

  it('asks nothing about a pupil who is not missing', async () => {
    const { ports, told } = schoolDay();
    await told();
    const before = ports.ask.asked().length;
    await onGuardianLinkChanged({ ...changed(MOTHER), payload: { ...changed(MOTHER).payload, pupilId: 'p_other0001' } }, ports);
    expect(ports.ask.asked()).toHaveLength(before);
  });
});
