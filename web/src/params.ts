import { defineParams } from '@sveltejs/kit/params';
import { DOORS, doorOf } from '#lib/doors.ts';

export const params = defineParams({
  /** `/professeur/connexion` gives its page the door `teacher`. */
  door: doorOf,
  /** The mail of a forgotten password names the door as the API does: `/mot-de-passe/teacher`. */
  mailed: (word) => doorOf(word) ?? DOORS.find((door) => door === word),
});
