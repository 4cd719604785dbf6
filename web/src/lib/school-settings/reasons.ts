import type { Answered, Sent } from '#lib/api/client.ts';
import { defaultReasons } from '#shared/attendance/default-reasons.ts';
import type { listReasons, setReasons } from '#shared/attendance/treatment-routes.ts';
import type { SchoolSettings } from '#shared/directory/school.ts';

export type ReasonList = Answered<typeof listReasons>;
export type Reason = ReasonList['reasons'][number];
type Given = NonNullable<Sent<typeof setReasons>['body']>['reasons'][number];

/** One line of the form; new ones have no id yet. */
export type Line = Omit<Reason, 'reasonId'> & { readonly reasonId?: string };

export const FLAGS = ['admissible', 'settled', 'outsideSchool', 'health', 'onReport', 'visibleToGuardians', 'usableByGuardians'] as const;
export type Flag = (typeof FLAGS)[number];

export const newLine = (): Line => ({
  label: '',
  admissible: true,
  settled: true,
  outsideSchool: true,
  health: false,
  onReport: true,
  visibleToGuardians: true,
  usableByGuardians: false,
});

/** What the server decides of a reason is not said to it. */
export const given = (lines: readonly Line[]): Given[] => lines.map(({ legal: _, ...line }) => ({ ...line, label: line.label.trim() }));

/** The list that schools of a kind begin with; what the school knows of it keeps its id, so that figures go on. */
export const proposed = (kind: SchoolSettings['kind'], { reasons, retired }: Pick<ReasonList, 'reasons' | 'retired'>): Line[] => {
  const known = new Set([...reasons, ...retired].map(({ reasonId }) => reasonId));
  return defaultReasons(kind).map(({ reasonId, ...line }) => (known.has(reasonId) ? { ...line, reasonId } : line));
};

/** The list with one line a place higher or lower; at the end it stays. */
export const moved = <L>(lines: readonly L[], at: number, by: -1 | 1): L[] => {
  const next = [...lines];
  const [line] = next.splice(at, 1);
  if (line) next.splice(Math.min(Math.max(at + by, 0), next.length), 0, line);
  return next;
};
