import type * as z from 'zod';
import type { AnswerOf, Route } from '#shared/kernel/route.ts';
import type { listActivations, startLetters } from '#shared/session/routes.ts';

export type Activation = AnswerOf<typeof listActivations>['people'][number];
export type ActivationState = Activation['state'];
export type LettersDoor = BodyOf<typeof startLetters>['door'];
type BodyOf<R extends Route> = Exclude<z.input<R['body']>, undefined>;

/** Who may be written to: an authority's accounts are opened by their own invitation. */
export const LETTERS_DOORS = ['guardian', 'pupil', 'teacher', 'staff'] as const satisfies LettersDoor[];

/** In the order of the way to an account. */
export const STATES = ['activated', 'code-issued', 'code-expired', 'none'] as const satisfies ActivationState[];

/** A class is a set of pupils, and of those who guard them. */
export const hasClasses = (door: LettersDoor): boolean => door === 'guardian' || door === 'pupil';

export const tallyOf = (people: readonly Pick<Activation, 'state'>[]): Record<ActivationState, number> => {
  const tally = { activated: 0, 'code-issued': 0, 'code-expired': 0, none: 0 };
  for (const { state } of people) tally[state] += 1;
  return tally;
};

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('fr')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Every word typed begins a word of the name or of the login, accents and order aside: `ines lem`, `lemoine`. */
export function isNamed(
  { familyName, givenName, login = '' }: Pick<Activation, 'familyName' | 'givenName' | 'login'>,
  typed: string,
): boolean {
  const words = folded(`${familyName} ${givenName} ${login}`).split(' ');
  return folded(typed)
    .split(' ')
    .every((start) => words.some((word) => word.startsWith(start)));
}

/** The most that one request may name. */
export const MOST_CHOSEN = 200;

export interface Audience {
  readonly door: LettersDoor;
  readonly groupId?: string | undefined;
  /** Chosen by hand; nobody chosen is everybody of the list. */
  readonly chosen: readonly string[];
}

/** What is asked for: the chosen ones, else the whole list as it is filtered by class. */
export const bodyOf = ({ door, groupId, chosen }: Audience): BodyOf<typeof startLetters> => {
  if (chosen.length > 0) return { door, personIds: [...chosen] };
  return { door, ...(groupId !== undefined && { groupId }) };
};

/** Who gets a letter, and whose present code ends by it. Accounts already activated are left alone. */
export function reachOf(people: readonly Activation[], chosen: readonly string[]): { readonly letters: number; readonly ending: number } {
  const those = people.filter(({ personId, state }) => state !== 'activated' && (chosen.length === 0 || chosen.includes(personId)));
  return { letters: those.length, ending: those.filter(({ state }) => state === 'code-issued').length };
}

/** The part after this one, from `Link: <?part=1>; rel="next"`. */
export function nextPart(link: string | null): number | undefined {
  for (const one of link?.split(',') ?? []) {
    const [, target, relation] = /<([^>]*)>\s*;\s*rel="?(\w+)"?/.exec(one) ?? [];
    const part = target === undefined ? null : new URLSearchParams(target.slice(target.indexOf('?') + 1)).get('part');
    if (relation === 'next' && part !== null && /^\d+$/.test(part)) return Number(part);
  }
  return undefined;
}
