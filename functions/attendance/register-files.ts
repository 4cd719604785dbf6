import { monthsOf } from '../../shared/attendance/arrangement.ts';
import type { RegisterArchive } from '../../shared/attendance/register-archive.ts';
import type { RegisterMonth } from '../../shared/attendance/register-month.ts';
import type { FilesPort } from '../../shared/kernel/grant.ts';
import { spanOf } from './register-years.ts';

type OfYear = Pick<RegisterArchive, 'uai' | 'year'>;
export type ClassFile = 'pdf' | 'csv';

/** Names a class in addresses and keys, whatever its label is made of. */
export const classKey = (label: string): string => `c${Buffer.from(label).toString('base64url')}`;

/** Where the register of a class lies in the `registers` bucket; written again, it takes its own place. */
export const fileOfClass = ({ uai, year }: OfYear, key: string, file: ClassFile): string => `${uai}/${year}/${key}.${file}`;
const fileOfMonth = ({ uai, year }: OfYear, month: string): string => `${uai}/${year}/${month}.json`;

export const readMonth = async (
  of: OfYear,
  month: string,
  { registersFiles }: { readonly registersFiles: Pick<FilesPort, 'read' | 'size'> },
): Promise<RegisterMonth | undefined> => {
  const key = fileOfMonth(of, month);
  if ((await registersFiles.size(key)) === undefined) return undefined;
  return JSON.parse(new TextDecoder().decode(await registersFiles.read(key))) as RegisterMonth;
};

export const keepMonth = (of: OfYear, month: RegisterMonth, { registersFiles }: { readonly registersFiles: Pick<FilesPort, 'write'> }) =>
  registersFiles.write(fileOfMonth(of, month.month), JSON.stringify(month), 'application/json');

/** Every file that a year may have. */
export const filesOf = (archive: RegisterArchive): string[] => [
  ...monthsOf(spanOf(archive.year)).map((month) => fileOfMonth(archive, month)),
  ...[...archive.classes.map(({ key }) => key), ...archive.stale].flatMap((key) =>
    (['pdf', 'csv'] as const).map((file) => fileOfClass(archive, key, file)),
  ),
];
