import * as m from '#messages';
import type { ApiFailure } from './failure.ts';

/** A page's own codes in words; what is missing falls back on the status. */
export type Sentences = Readonly<Record<string, () => string>>;

/** Why it failed, in one sentence a person can act on. */
export function reasonOf({ code, status }: ApiFailure, own: Sentences = {}): string {
  const said = own[code];
  if (said) return said();
  switch (code) {
    case 'network.offline':
      return m.failure_offline();
    case 'session.ended':
      return m.failure_session_ended();
    case 'attendance.year-over':
    case 'timetable.year-over':
      return m.failure_year_over();
    case 'store.condition-failed':
      return m.failure_conflict();
  }
  switch (status) {
    case 400:
    case 422:
      return m.failure_invalid();
    case 401:
    case 403:
      return m.failure_forbidden();
    case 404:
    case 410:
      return m.failure_missing();
    case 409:
      return m.failure_conflict();
    case 413:
      return m.failure_too_large();
    case 415:
      return m.failure_unsupported();
    case 429:
      return m.failure_too_many();
    default:
      return m.failure_no_answer();
  }
}
