import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { People } from './people.ts';
import { Random } from './random.ts';
import { makeSchool, type School, uaiOf } from './school.ts';
import { edtExport } from './write-edt.ts';
import { siecleEleves, siecleResponsables } from './write-siecle.ts';
import { stsEmp } from './write-sts.ts';

export interface DemoOptions {
  readonly seed: number;
  /** Pupils of the collège; the small school beside it has 60. */
  readonly pupils?: number;
  /** The year in which the school year begins. */
  readonly schoolYear?: number;
  /** The collège's number in its département, which nothing else of it depends on: a simulation needs a hundred of them. */
  readonly college?: number;
}

export interface DemoSchool {
  readonly uai: string;
  readonly name: string;
  readonly city: string;
  readonly academy: string;
  readonly schoolYear: number;
  /** File names, below the school's own folder, which is named by its UAI. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly counts: {
    readonly pupils: number;
    readonly classes: number;
    readonly groups: number;
    readonly teachers: number;
    readonly guardians: number;
  };
  /**
   * People to look for, by what is special about them. `separated`, `shared-custody`, `without-rights` (a father of level 3), `foster`,
   * `step-parent`, `single`, `guardian-without-email`, `guardian-with-pupil-email`, `pupil-without-ine`, `guardian-of-two-schools`: ELEVE_ID, then PERSONNE_IDs.
   * `siblings`, `twins`: the same, then the other's ELEVE_ID. `homonyms`: two ELEVE_IDs. `teacher-and-parent`: STS ID, PERSONNE_ID, ELEVE_ID.
   */
  readonly cast: Readonly<Record<string, readonly string[]>>;
}

const PUPILS = 450;
const PUPILS_OF_SMALL_SCHOOL = 60;

// Département 35 has no school of such numbers.
const COLLEGE_NUMBER = 9901;
const COLLEGE = { name: 'Simone-Tilleul', city: 'SAINT-PRÉAU-DES-BOIS', postalCode: '35999' };
const SMALL_SCHOOL = { uai: uaiOf('0359902'), name: 'Petit-Moulin', city: 'LA CHAPELLE-SUR-ÉTANG', postalCode: '35998' };

const told = (school: School): DemoSchool => ({
  uai: school.uai,
  name: `Collège ${school.name}`,
  city: school.city,
  academy: 'Rennes',
  schoolYear: school.year,
  files: {
    'ElevesAvecAdresses.xml': siecleEleves(school),
    'ResponsablesAvecAdresses.xml': siecleResponsables(school),
    [`sts_emp_${school.uai}_${school.year}.xml`]: stsEmp(school),
    'ExportEmploiDuTemps.xml': edtExport(school),
  },
  counts: {
    pupils: school.pupils.length,
    classes: school.classes.length,
    groups: school.groups.length,
    teachers: school.staff.filter(({ duty }) => duty === 'ENS').length,
    guardians: new Set(school.pupils.flatMap(({ links }) => links.map(({ guardian }) => guardian.id))).size,
  },
  cast: school.cast,
});

/** A collège and a small school beside it, in the formats of real exports. The same options give the same bytes. */
export function makeDemo({
  seed,
  pupils = PUPILS,
  schoolYear = 2026,
  college: number = COLLEGE_NUMBER,
}: DemoOptions): readonly [DemoSchool, DemoSchool] {
  const random = new Random(seed);
  const people = new People(random, schoolYear);
  const college = makeSchool(
    { place: { ...COLLEGE, uai: uaiOf(`035${number}`) }, pupils, year: schoolYear, firstStaffId: 40_000 },
    people,
    random,
  );
  // A mother with a child in both, of a household that has two addresses.
  const mother = college.pupils.find(({ id }) => id === college.cast.separated?.[0])?.links[0]?.guardian;
  const small = makeSchool(
    { place: SMALL_SCHOOL, pupils: PUPILS_OF_SMALL_SCHOOL, year: schoolYear, firstStaffId: 50_000, ...(mother && { alsoHere: mother }) },
    people,
    random,
  );
  return [told(college), told(small)];
}

/** Writes the demo below `out`, one folder per school, and tells the paths. */
export async function writeDemo({
  out,
  ...options
}: DemoOptions & { readonly out: string }): Promise<(Omit<DemoSchool, 'files'> & { readonly files: string[] })[]> {
  const written = [];
  for (const { files, ...school } of makeDemo(options)) {
    const folder = join(out, school.uai);
    await mkdir(folder, { recursive: true });
    const paths = [];
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      paths.push(path);
    }
    written.push({ ...school, files: paths });
  }
  return written;
}
