import { lastNameFirst } from '#lib/format/format.ts';
import * as m from '#messages';
import type { ChangeKind, ImportChange } from '#shared/directory/import.ts';
import { doorWord, fieldWords, lossWords } from './words.ts';

/** The heads of a table of differences: the name first. */
export function headsOf(kind: ChangeKind): string[] {
  switch (kind) {
    case 'class-move':
      return [m.import_col_who(), m.import_col_before(), m.import_col_after()];
    case 'link-lost':
      return [m.import_col_who(), m.import_col_pupil(), m.import_col_why()];
    case 'link-made':
      return [m.import_col_who(), m.import_col_pupil(), m.import_col_detail()];
    case 'group':
      return [m.import_col_after(), m.import_col_before()];
    default:
      return [m.import_col_who(), m.import_col_door(), m.import_col_detail()];
  }
}

const nameOf = ({ familyName = '', givenName = '' }: ImportChange): string => lastNameFirst({ familyName, givenName }).trim();
const all = (...words: readonly (string | false | undefined)[]): string => words.filter(Boolean).join('. ');

/** One difference, cell by cell, as many as there are heads. */
export function cellsOf(change: ImportChange): string[] {
  const { kind, door, from, to, pupilName = '' } = change;
  const account = change.activated === true && m.import_has_account();
  switch (kind) {
    case 'class-move':
      return [nameOf(change), from ?? m.import_no_class(), to ?? m.import_no_class()];
    case 'link-lost':
      return [nameOf(change), pupilName, all(lossWords(change), account)];
    case 'link-made':
      return [nameOf(change), pupilName, to === undefined ? '' : m.import_level({ level: to })];
    case 'group':
      return [to ?? '', from ?? m.import_new_group()];
    case 'arrival':
      return [
        nameOf(change),
        doorWord(door),
        all(to ?? (door === 'pupil' && m.import_no_class()), change.returns === true && m.import_returns()),
      ];
    case 'change':
      return [nameOf(change), doorWord(door), fieldWords(change.fields)];
    case 'departure':
      return [nameOf(change), doorWord(door), all(account)];
  }
}
