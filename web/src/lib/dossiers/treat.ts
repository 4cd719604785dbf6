import { call } from '#lib/api/index.ts';
import type { Done } from '#lib/school-life/gestures.ts';
import * as m from '#messages';
import type { ActionKind } from '#shared/attendance/action.ts';
import { logAction, treatAbsences, undoAction, undoTreatments } from '#shared/attendance/treatment-routes.ts';

interface Treatable {
  readonly date: string;
  readonly pupilId: string;
  readonly absenceId: string;
  readonly treatment?: { readonly treatmentId: string } | undefined;
}

export interface Said {
  readonly reasonId?: string;
  readonly settled?: boolean;
  readonly untilSeen?: boolean;
}

/** Routes take so many at once. */
const AT_ONCE = 100;

/** Treats them, each over what the screen showed of it; somebody else's treatment is not written over, and is told. */
export async function treat(uai: string, items: readonly Treatable[], said: Said, words: string): Promise<Done> {
  const treated: { date: string; pupilId: string; treatmentId: string }[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const { results } = await call(treatAbsences, 'staff', {
      params: { uai },
      body: {
        items: items.slice(from, from + AT_ONCE).map(({ date, pupilId, absenceId, treatment }) => ({
          date,
          pupilId,
          absenceId,
          ...(treatment && { over: treatment.treatmentId }),
        })),
        ...said,
      },
    });
    for (const { date, pupilId, outcome, treatment } of results)
      if (outcome === 'treated' && treatment) treated.push({ date, pupilId, treatmentId: treatment.treatmentId });
  }
  const missed = items.length - treated.length;
  return {
    words: missed > 0 ? `${words} ${m.dossiers_changed({ count: missed })}` : words,
    ...(treated.length > 0 && {
      undo: async () => {
        for (let from = 0; from < treated.length; from += AT_ONCE)
          await call(undoTreatments, 'staff', { params: { uai }, body: { items: treated.slice(from, from + AT_ONCE) } });
      },
    }),
  };
}

/** Notes what was done about a pupil on a day. */
export async function noteAction(
  place: { readonly uai: string; readonly date: string; readonly pupilId: string },
  what: { readonly kind: ActionKind; readonly personId?: string; readonly text?: string },
  words: string,
): Promise<Done> {
  const { actionId } = await call(logAction, 'staff', { params: place, body: what });
  return { words, undo: () => call(undoAction, 'staff', { params: { ...place, actionId } }) };
}
