import type * as routes from '../../shared/attendance/archive-routes.ts';
import type { RegisterArchive } from '../../shared/attendance/register-archive.ts';
import { type AnswerOf, type Input, missing, Reply } from '../../shared/kernel/index.ts';
import { archivedYear } from './archived-year.ts';
import type { ApiPorts } from './manifest.ts';
import { type ClassFile, fileOfClass } from './register-files.ts';
import { yearsToWrite } from './register-years.ts';
import { schoolClock } from './school-clock.ts';

export async function listRegisters(
  { params: { uai } }: Pick<Input<typeof routes.listRegisters>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.listRegisters>> {
  const [{ now, today }, archives] = await Promise.all([schoolClock(uai, ports), ports.attendance.all('archives', { uai })]);
  return { now, years: archives.map(archivedYear).reverse(), current: yearsToWrite(today)[1] };
}

/** A year that is being written has no file: half of it would be of before. */
const fileOf = async (
  { uai, year, classKey }: Input<typeof routes.registerPdf>['params'],
  file: ClassFile,
  { attendance, registersFiles }: ApiPorts,
): Promise<Reply<undefined>> => {
  const archive: RegisterArchive | undefined = await attendance.get('registerArchive', { uai, year });
  if (archive?.state !== 'done' || archive.classes.every(({ key }) => key !== classKey)) throw missing();
  return new Reply<undefined>(await registersFiles.read(fileOfClass(archive, classKey, file)), {
    headers: { 'content-disposition': `attachment; filename="registre-${year}-${classKey}.${file}"` },
  });
};

export const readRegisterPdf = ({ params }: Pick<Input<typeof routes.registerPdf>, 'params'>, ports: ApiPorts): Promise<Reply<undefined>> =>
  fileOf(params, 'pdf', ports);

export const readRegisterSheet = (
  { params }: Pick<Input<typeof routes.registerSheet>, 'params'>,
  ports: ApiPorts,
): Promise<Reply<undefined>> => fileOf(params, 'csv', ports);
