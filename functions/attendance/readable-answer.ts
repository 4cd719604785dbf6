import type { Answer } from '../../shared/attendance/answer.ts';
import type { Absentee } from '../../shared/attendance/routes.ts';
import type { Person } from '../../shared/directory/person.ts';

/** An answer as school life reads it, with who gave it. */
export const readable = ({ guardianId, guardian, ...answer }: Answer, people: ReadonlyMap<string, Person>): Absentee['answers'][number] => {
  const person = guardian ?? people.get(guardianId);
  return {
    ...answer,
    guardian: {
      personId: guardianId,
      familyName: person?.familyName ?? '',
      givenName: person?.givenName ?? '',
      ...(person?.civility !== undefined && { civility: person.civility }),
    },
  };
};
