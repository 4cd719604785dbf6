import { defineParams } from '@sveltejs/kit/params';
import { doorOf } from '#lib/doors.ts';

/** `/professeur/connexion` gives its page the door `teacher`. */
export const params = defineParams({ door: doorOf });
