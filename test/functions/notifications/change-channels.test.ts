import { describe, expect, it } from 'vitest';
import { changeChannels } from '../../../functions/notifications/change-channels.ts';
import { readChannels } from '../../../functions/notifications/read-channels.ts';
import { caller, guardian, MOTHER, schoolDay, UAI } from './school-day.ts';

const params = { uai: UAI };
const HOURS = { dailyMinute: 1080, quiet: { from: 1170, until: 420 } };

describe('the channels of a school', () => {
  it('are without text messages until direction says so, and what they cost is known before', async () => {
    const { ports, facts, told } = schoolDay();
    facts.guardians = [guardian(MOTHER)];
    await told();
    expect(await readChannels({ params }, ports)).toEqual({
      sms: false,
      pushMinutes: 10,
      ...HOURS,
      smsCost: { each: 0.08, messages: 1, week: 0.08 },
    });
    expect(await changeChannels({ params, body: { sms: true }, caller }, ports)).toEqual({ sms: true, pushMinutes: 10, ...HOURS });
    expect(await readChannels({ params }, ports)).toMatchObject({ sms: true });
    expect(ports.notifications.items('school')).toMatchObject([{ smsBy: caller.personId }]);
  });

  it('keep what is not named', async () => {
    const { ports } = schoolDay();
    await changeChannels({ params, body: { sms: true }, caller }, ports);
    expect(await changeChannels({ params, body: { pushMinutes: 5 }, caller }, ports)).toEqual({ sms: true, pushMinutes: 5, ...HOURS });
    const quiet = { from: 1200, until: 400 };
    await changeChannels({ params, body: { dailyMinute: 1110, quiet }, caller }, ports);
    expect(await readChannels({ params }, ports)).toMatchObject({ sms: true, pushMinutes: 5, dailyMinute: 1110, quiet });
  });

  it('are those of a school that exists', async () => {
    const { ports } = schoolDay();
    await expect(readChannels({ params: { uai: '0352073W' } }, ports)).rejects.toMatchObject({ kind: 'missing' });
    await expect(changeChannels({ params: { uai: '0352073W' }, body: { sms: true }, caller }, ports)).rejects.toMatchObject({
      kind: 'missing',
    });
  });
});
