import type { Stay } from '../../shared/attendance/stay.ts';
import type { PlainStay } from '../../shared/attendance/stay-routes.ts';

/** Where and since when, never why: screens are projected. */
export const plainStay = ({ stayId, place, fromMinute }: Stay): PlainStay => ({ stayId, place, fromMinute });
