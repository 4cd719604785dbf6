import type { ApiFailure } from '#lib/api/failure.ts';

/** What the server last said, and when, by the schools’ clock. */
export interface Kept<T> {
  readonly data: T;
  readonly at: Date;
}

/**
 * What a screen may be: its content, or one of the six states. There is no way to write « empty » without the
 * moment the server said so, stale without content, or an error that has forgotten what was shown before it.
 */
export type Screen<T> =
  | { readonly state: 'loading' }
  | ({ readonly state: 'ready' } & Kept<T>)
  | ({ readonly state: 'empty' } & Kept<T>)
  | ({ readonly state: 'stale' } & Kept<T>)
  | { readonly state: 'offline'; readonly waiting: number; readonly kept?: Kept<T> }
  | { readonly state: 'error'; readonly failure: ApiFailure; readonly kept?: Kept<T> }
  | { readonly state: 'forbidden'; readonly who?: string };

/** The content a screen still has, whatever state it is in. */
export const contentOf = <T>(screen: Screen<T>): T | undefined => {
  switch (screen.state) {
    case 'ready':
    case 'stale':
      return screen.data;
    case 'offline':
    case 'error':
      return screen.kept?.data;
    default:
      return undefined;
  }
};

/** When the server said what a screen still has. */
export const atOf = <T>(screen: Screen<T>): Date | undefined => {
  switch (screen.state) {
    case 'ready':
    case 'empty':
    case 'stale':
      return screen.at;
    case 'offline':
    case 'error':
      return screen.kept?.at;
    default:
      return undefined;
  }
};
