import type { Answered } from '#lib/api/client.ts';
import * as m from '#messages';
import type { listAlerts } from '#shared/attendance/alert-routes.ts';

export type Listed = Answered<typeof listAlerts>;
export type Watched = Listed['pupils'][number];
export type Alert = Watched['alerts'][number];

const KINDS = {
  commission: m.alert_commission,
  referent: m.alert_referent,
  absences: m.alert_absences,
  latenesses: m.alert_latenesses,
} as const satisfies Record<Alert['kind'], () => string>;
export const kindIn = (kind: Alert['kind']): string => KINDS[kind]();

/** The file is prepared once half-days without reason reach what the law says, and stays while somebody deals with it. */
export const hasDossier = ({ alerts }: Pick<Watched, 'alerts'>): boolean =>
  alerts.some(({ kind, state }) => (kind === 'commission' || kind === 'referent') && state !== 'fallen');

/** What an alert counts, and where it stands. */
export function pillOf({ kind, state, count, threshold }: Pick<Alert, 'kind' | 'state' | 'count' | 'threshold'>) {
  const words = { kind: kindIn(kind), count, threshold };
  switch (state) {
    case 'raised':
      return { status: kind === 'absences' || kind === 'latenesses' ? 'late' : 'attention', words: m.alert_raised(words) } as const;
    case 'fallen':
      return { status: 'waiting', words: m.alert_fallen(words) } as const;
    case 'handled':
      return { status: 'done', words: m.alert_handled(words) } as const;
  }
}

/** Pupils with something still to be dealt with. */
export const toHandle = ({ pupils }: Pick<Listed, 'pupils'>): number =>
  pupils.filter(({ alerts }) => alerts.some(({ state }) => state === 'raised')).length;
