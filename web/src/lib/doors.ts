import type { Door } from '#shared/kernel/access-card.ts';

/** The word of each door in addresses. */
export const DOOR_WORDS = {
  pupil: 'eleve',
  guardian: 'responsable',
  teacher: 'professeur',
  staff: 'vie-scolaire',
  authority: 'collectivite',
} as const satisfies Record<Door, string>;

/** In the order in which people meet them. */
export const DOORS = Object.keys(DOOR_WORDS) as Door[];

export const doorOf = (word: string): Door | undefined => DOORS.find((door) => DOOR_WORDS[door] === word);

/** The door whose rooms an address belongs to, if any. */
export const doorAt = (pathname: string): Door | undefined => doorOf(pathname.split('/')[1] ?? '');
