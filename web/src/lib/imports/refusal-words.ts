import * as m from '#messages';
import type { ImportRefusal } from '#shared/directory/import.ts';

type Said = (refusal: ImportRefusal, school: string) => string;

/** Every reason for which a reader refuses files whole, in words that say what to do. */
export const REFUSALS: Readonly<Record<string, Said>> = {
  'directory.other-school': ({ found }, school) =>
    found === undefined ? m.import_refusal_other_school_unknown({ school }) : m.import_refusal_other_school({ found, school }),
  'directory.file-empty': () => m.import_refusal_empty(),
  'directory.file-unknown': ({ found }) => (found === undefined ? m.import_refusal_unknown() : m.import_refusal_unknown_root({ found })),
  'directory.file-malformed': () => m.import_refusal_malformed(),
  'directory.file-with-doctype': () => m.import_refusal_doctype(),
  'directory.file-too-complex': () => m.import_refusal_complex(),
  'directory.file-too-large': () => m.import_refusal_large(),
  'directory.file-encoding-unknown': () => m.import_refusal_encoding_unknown(),
  'directory.file-wrong-encoding': () => m.import_refusal_encoding_wrong(),
  'directory.file-without-school': () => m.import_refusal_no_school(),
  'directory.file-without-records': () => m.import_refusal_no_records(),
  'directory.sts-upward-file': () => m.import_refusal_upward(),
  'directory.edt-encrypted': () => m.import_refusal_encrypted(),
  'directory.archive-unreadable': () => m.import_refusal_zip_unreadable(),
  'directory.archive-nested': () => m.import_refusal_zip_nested(),
  'directory.archive-unsafe-name': () => m.import_refusal_zip_names(),
  'directory.archive-too-many-files': () => m.import_refusal_zip_many(),
  'directory.archive-bomb': () => m.import_refusal_zip_bomb(),
  'directory.school-unknown': () => m.import_refusal_no_directory(),
};

/** Why, and what to do about it. */
export const refusalWords = (refusal: ImportRefusal, school: string): string =>
  (REFUSALS[refusal.code] ?? (() => m.import_refusal_other()))(refusal, school);

/** Where it was found, if the reader could say. */
export function refusalPlace({ file, line }: ImportRefusal): string | undefined {
  if (file === undefined) return;
  return line === undefined ? m.import_refused_in({ file }) : m.import_refused_where({ file, line });
}
