import * as z from 'zod';
import type { GuardianRecord, PupilRecord, TeacherRecord } from '../../../shared/directory/school-file.ts';
import type { Described } from '../../../shared/directory/snapshot.ts';

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
export const own = <T extends Record<string, unknown>>(values: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;

const Email = z.email().max(254);
const emailOf = (text: string | undefined): string | null => (text !== undefined && Email.safeParse(text).success ? text : null);

const SEX = { female: 'F', male: 'M' } as const;

const namesOf = ({ usageName, familyName, givenName }: { usageName?: string | undefined; familyName: string; givenName: string }) => ({
  familyName: (usageName ?? familyName).slice(0, 100),
  givenName: givenName.slice(0, 100),
});

/** Of EDT: names, birth and sex; it knows neither address nor regime, so it cannot say that there is none. */
export const described = (record: PupilRecord, origin: 'siecle' | 'edt'): Described => ({
  ...namesOf(record),
  ...own({ sex: record.sex && SEX[record.sex], birthDate: record.birthDate }),
  ...(origin === 'siecle' && {
    birthDate: record.birthDate ?? null,
    sex: record.sex ? SEX[record.sex] : null,
    email: emailOf(record.email),
    phones: record.phone === undefined ? [] : [{ kind: 'mobile' as const, number: record.phone.slice(0, 24) }],
    regime: record.regime ?? null,
  }),
});

export const describedGuardian = (record: GuardianRecord, origin: 'siecle' | 'edt', email: string | undefined): Described => ({
  ...namesOf(record),
  ...(record.civility === undefined ? {} : { civility: record.civility.slice(0, 10) }),
  ...(origin === 'siecle' && {
    civility: record.civility?.slice(0, 10) ?? null,
    email: emailOf(email),
    phones: (['mobile', 'home', 'work'] as const).flatMap((kind) => {
      const number = record.phones[kind];
      return number === undefined ? [] : [{ kind, number: number.slice(0, 24) }];
    }),
    acceptsSms: record.acceptsSms ?? false,
  }),
});

/** Neither STS nor EDT gives an address: a teacher's own one is never touched. */
export const describedTeacher = (record: TeacherRecord): Described => ({
  ...namesOf(record),
  ...own({ civility: record.civility?.slice(0, 10), sex: record.sex && SEX[record.sex], birthDate: record.birthDate }),
});
