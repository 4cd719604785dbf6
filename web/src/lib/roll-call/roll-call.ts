import type { MarkState } from '#shared/attendance/episode.ts';
import type { lessonSheet, PupilName, RollCallInput, SheetPupil } from '#shared/attendance/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type Sheet = AnswerOf<typeof lessonSheet>;
export type ExceptionState = Exclude<MarkState, 'present'>;

/** What differs from present. */
export interface Exception {
  readonly state: ExceptionState;
  /** Minutes late. */
  readonly minutes?: number | undefined;
  readonly place?: NonNullable<SheetPupil['mark']>['place'];
}

/** A roll call being taken. Everything in it is data, so that a device can keep it and undo is going back. */
export interface Draft {
  readonly exceptions: Readonly<Record<string, Exception>>;
  readonly added: readonly PupilName[];
  readonly removed: readonly string[];
}

export interface Taking {
  readonly draft: Draft;
  readonly past: readonly { readonly draft: Draft; readonly pupilId: string }[];
}

/** Expected elsewhere, or nowhere: only who must be in the room all the same is awaited. */
const isAwaited = ({ known }: Pick<SheetPupil, 'known'>): boolean =>
  !known || known.inRoom === true || (known.state !== 'elsewhere' && known.state !== 'exempt');

/** Everybody present but for what is recorded; a roll call not begun takes what is already known, with its source. */
export function begin(sheet: Sheet): Taking {
  const exceptions: Record<string, Exception> = {};
  for (const { pupilId, mark, known } of sheet.roster) {
    const held = mark ?? (sheet.state === 'todo' && !known?.inRoom ? known : undefined);
    if (held && held.state !== 'present')
      exceptions[pupilId] = {
        state: held.state,
        ...(held.minutes !== undefined && { minutes: held.minutes }),
        ...('place' in held && held.place !== undefined && { place: held.place }),
      };
  }
  return {
    draft: { exceptions, added: sheet.roster.filter(({ added }) => added), removed: sheet.removed.map(({ pupilId }) => pupilId) },
    past: [],
  };
}

/** Everybody on the screen, in the order of a class list. */
export const rosterOf = (sheet: Sheet, { added, removed }: Draft): SheetPupil[] => {
  const own = sheet.roster.filter(
    ({ pupilId, added: byHand }) => !removed.includes(pupilId) && (!byHand || added.some((one) => one.pupilId === pupilId)),
  );
  const guests = added
    .filter(({ pupilId }) => !sheet.roster.some((one) => one.pupilId === pupilId))
    .map((pupil) => ({ ...pupil, added: true, absentBefore: false }));
  const order = new Intl.Collator('fr');
  return [...own, ...guests].sort((a, b) => order.compare(a.familyName, b.familyName) || order.compare(a.givenName, b.givenName));
};

/** What was noted of stays since the sheet was read; nothing of somebody stands for being back. */
export const withStays = (roster: readonly SheetPupil[], stays: ReadonlyMap<string, SheetPupil['stay']>): SheetPupil[] =>
  roster.map((pupil) => {
    if (!stays.has(pupil.pupilId)) return pupil;
    const { stay: _, ...rest } = pupil;
    const stay = stays.get(pupil.pupilId);
    return { ...rest, ...(stay && { stay }) };
  });

const step = ({ draft, past }: Taking, pupilId: string, next: Partial<Draft>): Taking => ({
  draft: { ...draft, ...next },
  past: [...past, { draft, pupilId }],
});

export function mark(taking: Taking, pupilId: string, exception: Exception | undefined): Taking {
  const { [pupilId]: _, ...others } = taking.draft.exceptions;
  return step(taking, pupilId, { exceptions: exception ? { ...others, [pupilId]: exception } : others });
}

/** One tap: present, absent, late (by the clock), present. Any other state goes back to present. */
export function cycle(taking: Taking, pupilId: string, minutesLate: number): Taking {
  const held = taking.draft.exceptions[pupilId];
  if (!held) return mark(taking, pupilId, { state: 'absent' });
  return mark(taking, pupilId, held.state === 'absent' ? { state: 'late', minutes: minutesLate } : undefined);
}

/** « Pas dans mon groupe ». */
export const remove = (taking: Taking, pupilId: string): Taking => {
  const { [pupilId]: _, ...exceptions } = taking.draft.exceptions;
  const { added, removed } = taking.draft;
  return added.some((one) => one.pupilId === pupilId)
    ? step(taking, pupilId, { exceptions, added: added.filter((one) => one.pupilId !== pupilId) })
    : step(taking, pupilId, { exceptions, removed: [...removed, pupilId] });
};

export const add = (taking: Taking, pupil: PupilName): Taking => {
  const { added, removed } = taking.draft;
  if (removed.includes(pupil.pupilId)) return step(taking, pupil.pupilId, { removed: removed.filter((id) => id !== pupil.pupilId) });
  if (added.some(({ pupilId }) => pupilId === pupil.pupilId)) return taking;
  return step(taking, pupil.pupilId, { added: [...added, pupil] });
};

export function undo(taking: Taking): Taking {
  const last = taking.past.at(-1);
  return last ? { draft: last.draft, past: taking.past.slice(0, -1) } : taking;
}

export const countOf = (roster: readonly SheetPupil[], { exceptions }: Draft): Record<MarkState, number> => {
  const counts: Record<MarkState, number> = { present: 0, absent: 0, late: 0, excused: 0, exempt: 0, elsewhere: 0 };
  for (const { pupilId } of roster) counts[exceptions[pupilId]?.state ?? 'present']++;
  return counts;
};

/** Minutes from the lesson's start to now: at least one, at most the lesson. */
export const minutesLate = (nowMinute: number, { startMinute, endMinute }: Sheet['lesson']): number =>
  Math.min(Math.max(1, nowMinute - startMinute), endMinute - startMinute);

export const inputOf = (
  { exceptions, added, removed }: Draft,
  state: RollCallInput['state'],
  basedOn: number,
  roster: readonly SheetPupil[],
): RollCallInput => ({
  state,
  basedOn,
  marks: Object.entries(exceptions).map(([pupilId, exception]) => {
    const shown = roster.find((one) => one.pupilId === pupilId);
    // Missing from where they are expected as well: whoever says so was shown it.
    return { pupilId, ...exception, ...(exception.state === 'absent' && shown && !isAwaited(shown) && { despite: true as const }) };
  }),
  added: added.map(({ pupilId }) => pupilId),
  removed: [...removed],
});

/** Whose families will be told if it is validated now: those absent of whom nothing was known, and whom the school does not keep elsewhere. */
export const toBeTold = (roster: readonly SheetPupil[], { exceptions }: Draft): SheetPupil[] =>
  roster.filter(({ pupilId, known, stay }) => exceptions[pupilId]?.state === 'absent' && known?.state !== 'absent' && !stay);
