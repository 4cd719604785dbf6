import { dayOf, firstName, hour, type Named, sentence } from '#lib/format/format.ts';
import * as m from '#messages';
import type { AnswerOf } from '#shared/kernel/route.ts';
import type { listNotices } from '#shared/notifications/routes.ts';

export type NoticeLine = AnswerOf<typeof listNotices>['notices'][number];

/** Of whom a notice speaks; `self`: the reader. */
export type Whom = { readonly self: true } | { readonly self: false; readonly child: Pick<Named, 'givenName'> | undefined };

/** One fact. Whoever is no longer among one’s children has no name here. */
export function factOf({ kind, minute }: Pick<NoticeLine, 'kind' | 'minute'>, whom: Whom): string {
  const at = { hour: hour(minute) };
  if (whom.self) {
    switch (kind) {
      case 'absence':
        return m.notice_absence_self(at);
      case 'arrived':
        return m.notice_arrived_self(at);
      case 'wrongly-marked':
        return m.notice_wrongly_marked_self(at);
      case 'not-held':
        return m.notice_not_held(at);
      case 'not-absent':
        return m.notice_not_absent_self(at);
    }
  }
  const said = { ...at, name: whom.child ? firstName(whom.child) : m.notice_your_child() };
  switch (kind) {
    case 'absence':
      return m.notice_absence(said);
    case 'arrived':
      return m.notice_arrived(said);
    case 'wrongly-marked':
      return m.notice_wrongly_marked(said);
    case 'not-held':
      return m.notice_not_held(at);
    case 'not-absent':
      return m.notice_not_absent(said);
  }
}

/** Days one below the other, the latest first, as the server sent them. */
export const byDay = (notices: readonly NoticeLine[]): readonly { readonly title: string; readonly notices: readonly NoticeLine[] }[] =>
  [...Map.groupBy(notices, ({ date }) => date)].map(([date, some]) => ({ title: sentence(dayOf(date)), notices: some }));
