import { guard } from '#lib/session/session.ts';

export const load = guard('staff');
