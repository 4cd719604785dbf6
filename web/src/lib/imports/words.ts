import { dateAt, dayOf, hourAt, number } from '#lib/format/format.ts';
import * as m from '#messages';
import type { ImportChange, ShownImport } from '#shared/directory/import.ts';
import type { SchoolFileFormat } from '#shared/directory/school-file.ts';
import type { Door } from '#shared/kernel/access-card.ts';
import { changesIn, type Sort } from './import-state.ts';

const SORT: Record<Sort, () => string> = {
  arrival: m.import_sort_arrival,
  change: m.import_sort_change,
  'class-move': m.import_sort_class_move,
  departure: m.import_sort_departure,
  'link-lost': m.import_sort_link_lost,
  'link-made': m.import_sort_link_made,
  group: m.import_sort_group,
  anomaly: m.import_sort_anomaly,
};
export const sortWord = (sort: Sort): string => SORT[sort]();

const STATE: Record<ShownImport['state'], () => string> = {
  uploading: m.imports_state_uploading,
  inspecting: m.imports_state_inspecting,
  inspected: m.imports_state_inspected,
  unchanged: m.imports_state_unchanged,
  refused: m.imports_state_refused,
  applying: m.imports_state_applying,
  done: m.imports_state_done,
  interrupted: m.imports_state_interrupted,
};
export const stateWord = ({ state, stalled }: Pick<ShownImport, 'state' | 'stalled'>): string =>
  stalled ? m.imports_state_stalled() : STATE[state]();

const FORMAT: Record<SchoolFileFormat, () => string> = {
  'siecle-pupils': m.import_format_siecle_pupils,
  'siecle-guardians': m.import_format_siecle_guardians,
  'siecle-nomenclature': m.import_format_siecle_nomenclature,
  'siecle-structures': m.import_format_siecle_structures,
  'siecle-common': m.import_format_siecle_common,
  sts: m.import_format_sts,
  edt: m.import_format_edt,
};
export const formatWord = (format: SchoolFileFormat): string => FORMAT[format]();

/** What an import brought: what its files turned out to be, else their names. */
export const sourcesWords = ({ files }: Pick<ShownImport, 'files'>): string => {
  const formats = [...new Set(files.flatMap((file) => file.formats))];
  return (formats.length > 0 ? formats.map(formatWord) : files.map(({ name }) => name)).join(', ');
};

const DOOR: Record<Door, () => string> = {
  pupil: m.import_door_pupil,
  guardian: m.import_door_guardian,
  teacher: m.import_door_teacher,
  staff: m.import_door_staff,
  authority: m.import_door_authority,
};
export const doorWord = (door: Door | undefined): string => (door === undefined ? '' : DOOR[door]());

const FIELD: Readonly<Record<string, () => string>> = {
  familyName: m.import_field_familyName,
  givenName: m.import_field_givenName,
  civility: m.import_field_civility,
  sex: m.import_field_sex,
  birthDate: m.import_field_birthDate,
  email: m.import_field_email,
  phones: m.import_field_phones,
  acceptsSms: m.import_field_acceptsSms,
  regime: m.import_field_regime,
};
/** `courriel, téléphones`. */
export const fieldWords = (fields: readonly string[] = []): string => fields.map((field) => FIELD[field]?.() ?? field).join(', ');

/** Why a guardian loses a child. */
export const lossWords = ({ reason, from = '', to = '' }: Pick<ImportChange, 'reason' | 'from' | 'to'>): string => {
  switch (reason) {
    case 'lowered':
      return m.import_lost_lowered({ from, to });
    case 'siecle-prevails':
      return m.import_lost_siecle();
    default:
      return m.import_lost_missing();
  }
};

/** `lundi 23 novembre à 9 h 24`, on the school's clock. */
export const whenWords = (instant: string, timeZone: string): string =>
  m.imports_when({ day: dayOf(dateAt(instant, timeZone)), hour: hourAt(instant, timeZone) });

/** `2026-2027`. */
export const yearWords = (year: number): string => `${year}-${year + 1}`;

/** `57 changements`. */
export const changesWords = (counts: ShownImport['counts']): string => {
  const count = changesIn(counts);
  return count === 0 && counts.courses > 0 ? m.import_only_timetable() : m.import_changes({ count, shown: number(count) });
};

/** What the button does. */
export const applyWords = (counts: ShownImport['counts']): string => {
  const count = changesIn(counts);
  if (count > 0) return m.import_apply({ count, shown: number(count) });
  return counts.courses > 0 ? m.import_apply_timetable() : m.import_apply_other();
};

/** `4 s`, `2 min`. */
export const durationWords = (seconds: number): string =>
  seconds < 90 ? m.import_seconds({ value: seconds }) : m.import_minutes({ value: Math.round(seconds / 60) });
