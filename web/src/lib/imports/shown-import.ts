import type { ShownImport } from '#shared/directory/import.ts';
import type { readImport } from '#shared/directory/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

const NOTHING = {
  arrivals: 0,
  changes: 0,
  classMoves: 0,
  departures: 0,
  linksMade: 0,
  linksLost: 0,
  groups: 0,
  anomalies: 0,
  courses: 0,
} satisfies ShownImport['counts'];

/** An import as the API says it: what an answer may leave out is nothing, not unknown. */
export const shownImport = (answer: AnswerOf<typeof readImport>): ShownImport => ({
  ...answer,
  files: answer.files.map((file) => ({ ...file, formats: file.formats ?? [] })),
  // JSON knows no `undefined`: a count is there or it is not.
  counts: { ...NOTHING, ...answer.counts } as ShownImport['counts'],
  cursor: answer.cursor ?? 0,
  total: answer.total ?? 0,
  pages: answer.pages ?? {},
  asks: answer.asks ?? [],
});
