import type * as z from 'zod';
import type { Door, GroupId, PersonId, Uai } from '../kernel/index.ts';
import type { ImportAnomalyCode } from './import.ts';
import type { Group, GuardianLink, Person } from './person.ts';
import type { AnomalyCode } from './school-file-anomaly.ts';

/** Attributes that files describe. `undefined`: the file cannot say, the directory keeps what it has; `null`: the file says there is none. */
export interface Described {
  familyName: string;
  givenName: string;
  civility?: string | null;
  sex?: Person['sex'] | null;
  birthDate?: string | null;
  email?: string | null;
  phones?: Person['phones'];
  acceptsSms?: boolean;
  regime?: string | null;
}

export type PersonSource = 'siecle' | 'sts' | 'edt';

/** A person as the files of one import describe them together, under our own id. */
export interface WantedPerson {
  readonly personId: PersonId;
  readonly door: Extract<Door, 'pupil' | 'guardian' | 'teacher'>;
  readonly described: Described;
  /** The most trusted file that describes them: EDT overwrites no name that SIECLE or STS gave. */
  readonly by: PersonSource;
  readonly sources: Readonly<Record<string, string>>;
}

export type WantedLink = Pick<GuardianLink, 'pupilId' | 'guardianId' | 'level' | 'contactFirst' | 'householdId'> & {
  readonly origin: 'siecle' | 'edt';
  readonly kinship?: string;
};

export interface WantedMember {
  readonly pupilId: PersonId;
  readonly from?: string;
  readonly until?: string;
}

export type WantedGroup = Pick<Group, 'groupId' | 'kind' | 'code' | 'label' | 'classIds'> & {
  readonly origins: readonly PersonSource[];
  readonly members: readonly WantedMember[];
};

/** One weekly course with our own ids, as the timetable takes it over. */
export interface WantedCourse {
  readonly weekday: number;
  readonly startMinute: number;
  readonly minutes: number;
  readonly weeks: string;
  readonly subject: { readonly code: string; readonly label: string };
  readonly teacherIds: readonly PersonId[];
  readonly groupIds: readonly GroupId[];
  readonly groupLabels: readonly string[];
  readonly rooms: readonly string[];
}

export type SourceName = 'siecle-pupils' | 'siecle-guardians' | 'sts' | 'edt';

/** All the files of one import merged: whom, which links and which groups the school should have. */
export interface Snapshot {
  readonly uai: Uai;
  readonly year: number | undefined;
  readonly sources: ReadonlySet<SourceName>;
  /** Code of the académie, when a file says it. */
  readonly academy: string | undefined;
  readonly people: ReadonlyMap<PersonId, WantedPerson>;
  readonly links: readonly WantedLink[];
  readonly groups: ReadonlyMap<GroupId, WantedGroup>;
  /** Classes and groups that files say each teacher teaches. */
  readonly teaches: ReadonlyMap<PersonId, ReadonlySet<GroupId>>;
  readonly calendar: { readonly firstMonday: string; readonly from: string; readonly until: string } | undefined;
  readonly courses: readonly WantedCourse[];
  readonly anomalies: readonly SnapshotAnomaly[];
}

export interface SnapshotAnomaly {
  readonly code: z.infer<typeof ImportAnomalyCode> | AnomalyCode;
  readonly file: string;
  readonly line?: number;
  readonly subject?: string;
}
