import { type Change, type Occurrence, occur } from '../kernel/index.ts';
import { guardianLinkChanged, importChunkDue, peopleImported, personDeparted, schoolChanged, timetableImported } from './events.ts';
import { same } from './same.ts';
import type { directory } from './table.ts';

/** States in which a job has a next chunk. */
const RUNNING = ['inspecting', 'applying'];

export function eventsOf(change: Change<typeof directory>): Occurrence[] {
  switch (change.entity) {
    case 'import': {
      const { before, after } = change;
      if (!after || before?.rev === after.rev) return [];
      const { uai, importId, rev: revision } = after;
      if (RUNNING.includes(after.state)) return [occur(importChunkDue, { uai, importId, revision })];
      if (after.state === 'done' && before?.state !== 'done')
        return [occur(after.counts.courses > 0 ? timetableImported : peopleImported, { uai, importId, revision })];
      return [];
    }
    case 'school': {
      const { before, after } = change;
      if (!before || !after || (before.timeZone === after.timeZone && same(before.settings, after.settings))) return [];
      return [occur(schoolChanged, { uai: after.uai, revision: after.rev })];
    }
    case 'person': {
      const { before, after } = change;
      // Someone who comes with a departure date was never here.
      if (!before || !after?.departedOn || before.departedOn === after.departedOn) return [];
      return [occur(personDeparted, { uai: after.uai, personId: after.personId, revision: after.rev })];
    }
    case 'link': {
      const { before, after } = change;
      // A new link takes nothing from anybody, and an import makes a thousand of them: no event a person.
      if (!before || !after || before.rev === after.rev) return [];
      const { uai, pupilId, guardianId, rev: revision } = after;
      return [occur(guardianLinkChanged, { uai, pupilId, guardianId, revision })];
    }
    default:
      return [];
  }
}
