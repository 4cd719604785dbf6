import type { Occurrence } from '../../../../../shared/kernel/index.ts';
import type { BookLentPorts, bookLent } from './manifest.ts';

export const onBookLent = ({ payload }: Occurrence<typeof bookLent>, { library }: BookLentPorts): Promise<void> =>
  library.write({ put: 'loan', item: payload });
