import { describe, expect, it } from 'vitest';
import { type Alert, hasDossier, pillOf, toHandle } from '../../../../../web/src/lib/alerts/alerts.ts';

const alert = (kind: Alert['kind'], state: Alert['state']): Alert => ({
  kind,
  state,
  count: 4,
  threshold: 4,
  raisedAt: '2026-11-23T08:30:00.000Z',
  changedAt: '2026-11-23T08:30:00.000Z',
});

describe('the alerts on their page', () => {
  it('stand out as long as nobody dealt with them, those of the law most', () => {
    expect(pillOf(alert('commission', 'raised')).status).toBe('attention');
    expect(pillOf(alert('latenesses', 'raised')).status).toBe('late');
    expect(pillOf(alert('commission', 'fallen')).status).toBe('waiting');
    expect(pillOf(alert('commission', 'handled')).status).toBe('done');
  });

  it('have a file where the law asks for one, and still once they are dealt with', () => {
    expect(hasDossier({ alerts: [alert('commission', 'raised')] })).toBe(true);
    expect(hasDossier({ alerts: [alert('referent', 'handled')] })).toBe(true);
    expect(hasDossier({ alerts: [alert('commission', 'fallen'), alert('absences', 'raised')] })).toBe(false);
  });

  it('count pupils, not alerts', () => {
    const pupil = { alerts: [alert('commission', 'raised'), alert('absences', 'raised')] };
    const pupils = [pupil, { alerts: [alert('commission', 'handled')] }] as Parameters<typeof toHandle>[0]['pupils'];
    expect(toHandle({ pupils })).toBe(1);
  });
});
