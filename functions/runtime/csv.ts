import { stringify } from 'csv-stringify/sync';
import { Reply } from '../../shared/kernel/index.ts';

type Line = readonly (string | number | undefined)[];

/** Semicolons, as French spreadsheets want them; what would run as a formula is escaped by the library. */
export const csvLines = (lines: readonly Line[]): string =>
  stringify([...lines] as unknown[], { delimiter: ';', escape_formulas: true, record_delimiter: 'windows' });

/** A file to keep, with the mark by which a spreadsheet knows that it is UTF-8. */
export const csvReply = (name: string, lines: readonly Line[]): Reply<string> =>
  new Reply(`\uFEFF${csvLines(lines)}`, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}.csv"` },
  });
