import { describe, expect, it } from 'vitest';
import { askToStop } from '../../../functions/notifications/ask-to-stop.ts';
import { stopNews } from '../../../functions/notifications/stop-news.ts';
import { digestDay } from './digest-day.ts';
import { schoolDay } from './school-day.ts';

const sent = async () => {
  const day = digestDay();
  await day.remarked();
  await day.at('2026-09-15T18:00');
  const [mail] = day.ports.mail.sent();
  const token = /stops\/([\w.-]+)>/.exec(mail?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
  return { day, ports: { ...schoolDay().ports, ...day.ports } as never, token };
};
const click = { body: { 'List-Unsubscribe': 'One-Click' } } as const;

describe('the link of a digest', () => {
  it('changes nothing when it is opened: it shows one button', async () => {
    const { day, ports, token } = await sent();
    const page = await askToStop({ params: { token } }, ports);
    expect(page.status).toBe(200);
    expect(String(page.body).match(/<button/g)).toHaveLength(1);
    expect(String(page.body)).not.toMatch(/Claire|LEMOINE|Inès/);
    expect(day.ports.notifications.items('preferences')).toEqual([]);
  });

  it('stops the remarks by one post, twice as well as once, and nothing else', async () => {
    const { day, ports, token } = await sent();
    expect((await stopNews({ params: { token }, ...click } as never, ports)).status).toBe(200);
    await stopNews({ params: { token }, ...click } as never, ports);
    expect(day.ports.notifications.items('preferences')).toMatchObject([{ ways: { remarks: 'off' } }]);
    await day.remarked();
    expect(day.rows()).toHaveLength(1);
  });

  it('is no one else’s, nor a forged one', async () => {
    const { day, ports, token } = await sent();
    const forged = `${token.slice(0, -4)}AAAA`;
    expect((await askToStop({ params: { token: forged } }, ports)).status).toBe(404);
    expect((await stopNews({ params: { token: forged }, ...click } as never, ports)).status).toBe(404);
    expect(day.ports.notifications.items('preferences')).toEqual([]);
  });
});
