import type { ApiFailure } from '#lib/api/failure.ts';

/** What the server last said, and when, by the schools’ clock. */
export interface Kept<T> {
  readonly data: T;
  readonly at: Date;
  /** That there is nothing. */
  readonly empty?: true;
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

/** What a screen still has, whatever state it is in: perhaps that there is nothing. */
const keptIn = <T>(screen: Screen<T>): Kept<T> | undefined => ('data' in screen ? screen : 'kept' in screen ? screen.kept : undefined);

/** Whether the server said last that there is nothing. */
export const isEmptyNow = <T>(screen: Screen<T>): boolean => screen.state === 'empty' || keptIn(screen)?.empty === true;

/** The content a screen still has. */
export const contentOf = <T>(screen: Screen<T>): T | undefined => (isEmptyNow(screen) ? undefined : keptIn(screen)?.data);

/** When the server said what a screen still has. */
export const atOf = <T>(screen: Screen<T>): Date | undefined => keptIn(screen)?.at;
