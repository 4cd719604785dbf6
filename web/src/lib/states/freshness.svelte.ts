import { getContext, setContext, untrack } from 'svelte';

/** A page is as fresh as its oldest piece: the screens in it say of when they are to the one around them. */
export interface Freshness {
  readonly oldest: Date | undefined;
  /** Is the one around, or one around it, saying already that there is no network? */
  readonly saysOffline: boolean;
  /** Of one piece; answers how to take it back. */
  tell(piece: string, at: Date): () => void;
}

export function freshness(saysOffline: () => boolean): Freshness {
  let pieces = $state.raw<readonly (readonly [piece: string, at: Date])[]>([]);
  const others = (piece: string) => untrack(() => pieces).filter(([one]) => one !== piece);
  return {
    get oldest() {
      return pieces.reduce<Date | undefined>((least, [, at]) => (least && least < at ? least : at), undefined);
    },
    get saysOffline() {
      return saysOffline();
    },
    tell(piece, at) {
      pieces = [...others(piece), [piece, at]];
      return () => {
        pieces = others(piece);
      };
    },
  };
}

const KEY = Symbol('freshness');

/** Of the screen around this one, if there is one. */
export const freshnessAround = (): Freshness | undefined => getContext(KEY);
export const setFreshness = (inside: Freshness): Freshness => setContext(KEY, inside);
