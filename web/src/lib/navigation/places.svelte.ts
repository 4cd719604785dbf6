import type { Component } from 'svelte';
import { createContext } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';

export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: Component<{ size?: number }>;
  /** What there is to be opened there. */
  readonly waiting?: { readonly count: number; readonly words: string } | undefined;
}

/** Places beside « Plus » in the bar of a phone, and in the same bar standing. */
export const IN_BAR = { lying: 4, standing: 7 } as const;

const standing = new MediaQuery('min-width: 64rem');
export const inBar = (): number => (standing.current ? IN_BAR.standing : IN_BAR.lying);

/** A home is itself alone; any other place is also what lies under it. */
export const isAt = (href: string, path: string, home: string): boolean => path === href || (href !== home && path.startsWith(`${href}/`));

/** « Plus » is where one is on its own page, and at a place that only its page lists. */
export const isAtMore = (
  { home, places }: { readonly home: string; readonly places: readonly Pick<Place, 'href'>[] },
  path: string,
  shown: number,
): boolean => isAt(`${home}/plus`, path, home) || places.slice(shown).some(({ href }) => isAt(href, path, home));

/** The space one is in: its page « Plus » lists the places that its bar has no room for. */
export const [placesHere, setPlacesHere] = createContext<{ readonly home: string; readonly places: readonly Place[] }>();
