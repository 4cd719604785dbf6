import { ApiFailure } from '#lib/api/failure.ts';
import type { Me } from '#lib/session/me.ts';

export type OfficeSchool = Me['schools'][number];

/** The schools where the caller is office or direction; nobody else may import or write letters. */
export function officeSchools({ schools }: Pick<Me, 'schools'>): [OfficeSchool, ...OfficeSchool[]] {
  const [first, ...others] = schools.filter(({ duties }) => duties.some((duty) => duty === 'office' || duty === 'direction'));
  if (!first) throw new ApiFailure('request.forbidden', 403);
  return [first, ...others];
}
