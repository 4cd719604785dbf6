import * as m from '#messages';

/** Why there is no school: the calendar's own label, or one of its codes in words. */
export function closedWhy(because: string): string {
  switch (because) {
    case 'sunday':
      return m.closed_sunday();
    case 'out-of-year':
      return m.closed_out_of_year();
    case 'no-calendar':
      return m.closed_no_calendar();
    default:
      return because;
  }
}
