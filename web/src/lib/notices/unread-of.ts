import type { NoticeLine } from './words.ts';

export const unreadOf = (notices: readonly Pick<NoticeLine, 'readAt'>[]): number =>
  notices.filter(({ readAt }) => readAt === undefined).length;
