import { hour } from '#lib/format/format.ts';
import * as m from '#messages';
import type { StayPlace } from '#shared/attendance/stay.ts';

const PLACES: Readonly<Record<StayPlace, () => string>> = {
  infirmary: m.stays_infirmary,
  office: m.stays_office,
  library: m.stays_library,
  study: m.stays_study,
};
/** « À l’infirmerie ». */
export const placeIn = (place: StayPlace): string => PLACES[place]();

/** « À l’infirmerie depuis 10 h 12 ». */
export const sinceIn = ({ place, fromMinute }: { readonly place: StayPlace; readonly fromMinute: number }): string =>
  m.stays_since({ place: placeIn(place), hour: hour(fromMinute) });

/** In the order of how often they are used. */
export const PLACE_KEYS = ['infirmary', 'office', 'library', 'study'] as const satisfies readonly StayPlace[];
