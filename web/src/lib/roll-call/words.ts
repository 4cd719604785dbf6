import { dateAt, dayOf, hourAt } from '#lib/format/format.ts';
import { sinceIn } from '#lib/stays/words.ts';
import * as m from '#messages';
import type { SheetPupil } from '#shared/attendance/routes.ts';
import type { Exception } from './roll-call.ts';

type Gendered = Pick<SheetPupil, 'sex'>;
const agree = ({ sex }: Gendered, feminine: () => string, masculine: () => string): string => (sex === 'F' ? feminine() : masculine());

/** The state in a word that agrees with the pupil. */
export function stateOf(pupil: Gendered, exception: Exception | undefined): string {
  switch (exception?.state) {
    case undefined:
      return agree(pupil, m.roll_present_f, m.roll_present_m);
    case 'absent':
      return agree(pupil, m.roll_absent_f, m.roll_absent_m);
    case 'late':
      return m.roll_late({ minutes: exception.minutes ?? 1 });
    case 'excused':
      return m.roll_excused();
    case 'exempt':
      return agree(pupil, m.roll_exempt_f, m.roll_exempt_m);
    case 'elsewhere':
      switch (exception.place) {
        case 'infirmary':
          return m.roll_elsewhere_infirmary();
        case 'library':
          return m.roll_elsewhere_library();
        case 'study':
          return m.roll_elsewhere_study();
        case 'office':
          return m.roll_elsewhere_office();
        case 'outing':
          return m.roll_elsewhere_outing();
        case 'placement':
          return m.roll_elsewhere_placement();
        default:
          return m.roll_elsewhere();
      }
  }
}

/** What is already known of a pupil, with its source and hour, never its reason: screens are projected. */
export function noteOf(pupil: SheetPupil, today: string, timeZone: string, hour: (minute: number) => string): string | undefined {
  const { known, stay } = pupil;
  if (stay) return sinceIn(stay);
  if (known) {
    const date = dateAt(known.at, timeZone);
    const at = hourAt(known.at, timeZone);
    const when = date === today ? m.roll_when_today({ hour: at }) : m.roll_when_before({ day: dayOf(date), hour: at });
    if (known.inRoom) return agree(pupil, m.roll_known_in_room_f, m.roll_known_in_room_m);
    return known.source === 'family' ? m.roll_known_family({ when }) : m.roll_known_school_life({ when });
  }
  if (pupil.leftMinute !== undefined) return m.roll_left({ hour: hour(pupil.leftMinute) });
  if (pupil.arrivedMinute !== undefined) return m.roll_arrived({ hour: hour(pupil.arrivedMinute) });
  if (pupil.added) return m.roll_added();
  if (pupil.absentBefore) return agree(pupil, m.roll_absent_before_f, m.roll_absent_before_m);
  return undefined;
}

const of = (name: string): string => (/^[aeiouyhàâéèêëîïôùûœæ]/i.test(name) ? m.roll_of_elided({ name }) : m.roll_of({ name }));

/** « Familles de Noa et d’Inès »: up to three names, then a count. */
export function familiesOf(names: readonly string[]): string {
  const [first = '', second, third, ...others] = names.map(of);
  const list =
    others.length > 0
      ? m.roll_more({ first, count: names.length - 1 })
      : third !== undefined
        ? m.roll_and({ first: `${first}, ${second}`, last: third })
        : second !== undefined
          ? m.roll_and({ first, last: second })
          : first;
  return m.roll_families_of({ names: list });
}
