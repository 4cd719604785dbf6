import { describe, expect, it } from 'vitest';
import { changePreferences } from '../../../functions/notifications/change-preferences.ts';
import { readPreferences } from '../../../functions/notifications/read-preferences.ts';
import { AccessCard, type Caller, type Door } from '../../../shared/kernel/index.ts';
import { changePreferences as route } from '../../../shared/notifications/routes.ts';
import { PUPIL, schoolDay, UAI } from './school-day.ts';

const at = (door: Door, personId: string): Caller => ({
  personId,
  door,
  issuedAt: '2026-09-15T07:00:00.000Z',
  card: AccessCard.parse({ personId, door, schools: { [UAI]: { personId: PUPIL } } }),
});
const claire = at('guardian', 'p_claireaccount');

describe('preferences', () => {
  it('are everybody’s until somebody chooses; what is not named stays', async () => {
    const { ports } = schoolDay();
    expect(await readPreferences({ caller: claire }, ports)).toEqual({ language: 'fr', ways: { remarks: 'daily' }, dailyMinute: 1080 });
    await changePreferences({ body: { language: 'pt' }, caller: claire }, ports);
    await changePreferences({ body: { ways: { remarks: 'off' } }, caller: claire }, ports);
    expect(await readPreferences({ caller: claire }, ports)).toEqual({ language: 'pt', ways: { remarks: 'off' }, dailyMinute: 1080 });
  });

  it('have no word for an absence that comes later, or never, nor for safety', () => {
    for (const kind of ['absence', 'safety'])
      expect(route.body.safeParse({ ways: { remarks: 'daily', [kind]: 'off' } }).success).toBe(false);
    expect(route.body.safeParse({ ways: { remarks: 'off' } }).success).toBe(true);
  });

  it('offer a pupil nothing until they are written to: of age, at an address of their own', async () => {
    const { ports, facts } = schoolDay();
    const pupil = at('pupil', 'p_inesaccount');
    expect(await readPreferences({ caller: pupil }, ports)).toEqual({ language: 'fr' });
    facts.pupil = { ...facts.pupil, adult: true, email: 'ines@example.org', accountId: 'p_inesaccount' };
    expect(await readPreferences({ caller: pupil }, ports)).toMatchObject({ ways: { remarks: 'daily' } });
  });
});
