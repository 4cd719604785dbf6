import { LANGUAGE_LESSONS, LEVELS, type Level, type SubjectName, WHOLE_CLASS } from './curriculum.ts';
import type { Guardian, Household, People, Pupil } from './people.ts';
import type { Random } from './random.ts';
import { Staff, type StaffMember } from './staff.ts';
import { type Block, type Lesson, type Placed, placeBlocks } from './timetable.ts';

export interface Place {
  readonly uai: string;
  readonly name: string;
  readonly city: string;
  readonly postalCode: string;
}

export interface SchoolClass {
  readonly code: string;
  readonly level: Level;
}

export interface Group {
  readonly code: string;
  readonly label: string;
  readonly level: Level;
  readonly classes: readonly string[];
}

export interface Service {
  readonly structure: string;
  readonly subject: SubjectName;
  readonly teachers: readonly string[];
}

export interface School extends Place {
  readonly year: number;
  readonly classes: readonly SchoolClass[];
  readonly groups: readonly Group[];
  readonly pupils: readonly Pupil[];
  readonly staff: readonly StaffMember[];
  readonly timetable: readonly Placed[];
  readonly services: readonly Service[];
  /** Ids of the people whom tests and the tour look for. */
  readonly cast: Readonly<Record<string, readonly string[]>>;
}

/** UAI: département and number, with the letter that checks them (the number modulo 23, without I, O and Q). */
export const uaiOf = (digits: string): string => digits + 'ABCDEFGHJKLMNPRSTUVWXYZ'[Number(digits) % 23];

const HOUSEHOLD_OF_CAST: readonly Household[] = ['separated', 'shared-custody', 'without-rights', 'foster', 'step-parent', 'single'];

/** Pupils of a class at the most, at the average. */
const CLASS_SIZE = 28;

export interface SchoolPlan {
  readonly place: Place;
  readonly pupils: number;
  readonly year: number;
  readonly firstStaffId: number;
  /** A guardian of another school's pupil who has a child here too. */
  readonly alsoHere?: Guardian;
}

/** A collège with everyone in it. All that is drawn comes from `random`. */
export function makeSchool(plan: SchoolPlan, people: People, random: Random): School {
  const { place, year } = plan;
  const classes = classesFor(plan.pupils);
  const { pupils, cast } = enrol(plan, people, random);
  distribute(pupils, classes);
  const staff = new Staff(random, people, plan.firstStaffId);
  staff.hire('DIR');
  staff.hire('DIR');
  staff.hire('EDU');
  // A teacher who is the parent of a pupil of the school.
  const parent = pupils.find(
    ({ links }) => links.length === 2 && links.every(({ level, guardian }) => level === 1 && guardian.usageName === undefined),
  );
  if (parent?.links[0] !== undefined) {
    const { guardian } = parent.links[0];
    const teacher = staff.hire('ENS', 'maths', guardian);
    cast['teacher-and-parent'] = [teacher.id, guardian.id, parent.id];
  }
  const { groups, blocks, services } = teach(classes, pupils, staff);
  const timetable = placeBlocks(blocks, random);
  return { ...place, year, classes, groups, pupils, staff: staff.members, timetable, services, cast };
}

function classesFor(pupils: number): SchoolClass[] {
  const perLevel = Math.max(1, Math.round(pupils / CLASS_SIZE / LEVELS.length));
  return LEVELS.flatMap((level) => Array.from({ length: perLevel }, (_, i) => ({ level, code: `${level}${letters(i)}` })));
}

const letters = (i: number): string => (i < 26 ? String.fromCharCode(65 + i) : letters(Math.floor(i / 26) - 1) + letters(i % 26));

/** Families one after the other: the special ones first, then by chance, a sibling in one family of eleven. */
function enrol(
  { place, pupils: wanted, alsoHere }: SchoolPlan,
  people: People,
  random: Random,
): { pupils: Pupil[]; cast: Record<string, string[]> } {
  const pupils: Pupil[] = [];
  const cast: Record<string, string[]> = {};
  const level = (): Level => LEVELS[pupils.length % LEVELS.length] as Level;
  const add = (pupil: Pupil): Pupil => {
    pupils.push(pupil);
    return pupil;
  };
  const told = (name: string, pupil: Pupil) => {
    cast[name] = [pupil.id, ...pupil.links.map(({ guardian }) => guardian.id)];
  };
  const family = (household: Household, name = people.familyName()) => ({ name, ...people.responsible(household, name, place) });

  for (const household of HOUSEHOLD_OF_CAST) {
    const made = family(household);
    told(household, add(people.pupil(level(), made.name, made)));
  }

  const siblings = family('together');
  told('siblings', add(people.pupil(6, siblings.name, siblings)));
  cast.siblings?.push(add(people.pupil(3, siblings.name, siblings)).id);

  const twins = family('shared-custody');
  const first = add(people.pupil(5, twins.name, twins, { givenName: 'Léo', female: false }));
  told('twins', first);
  cast.twins?.push(add(people.pupil(5, twins.name, twins, { givenName: 'Léa', female: true, birthDate: first.birthDate })).id);

  // Two unrelated pupils of one name in one level, and their fathers of one name.
  const homonyms = ['separated', 'together'].map((household) => {
    const address = people.address(place);
    const father = people.guardian(address, false, 'DIALLO', { givenName: 'Mamadou' });
    const mother = people.guardian(household === 'together' ? address : people.address(place), true, people.familyName());
    const links = [
      { guardian: mother, level: 1 as const, kinship: '10', hosts: true, pays: true, contactFirst: true },
      { guardian: father, level: 1 as const, kinship: '20', hosts: household === 'together', pays: false, contactFirst: false },
    ];
    return add(people.pupil(4, 'DIALLO', { links, home: mother.address }, { givenName: 'Aminata', female: true }));
  });
  cast.homonyms = homonyms.map(({ id }) => id);

  const silent = family('single');
  const [silentLink] = silent.links;
  if (silentLink !== undefined) silent.links[0] = { ...silentLink, guardian: { ...silentLink.guardian, email: undefined } };
  told('guardian-without-email', add(people.pupil(level(), silent.name, silent)));

  const borrowed = family('single');
  const [borrower] = borrowed.links;
  const address = people.email('Noé', borrowed.name, 'eleve');
  if (borrower !== undefined) borrowed.links[0] = { ...borrower, guardian: { ...borrower.guardian, email: address } };
  told(
    'guardian-with-pupil-email',
    add(people.pupil(level(), borrowed.name, borrowed, { givenName: 'Noé', female: false, email: address })),
  );

  const arriving = family('together');
  told('pupil-without-ine', add(people.pupil(6, arriving.name, arriving, { ine: undefined })));

  if (alsoHere !== undefined) {
    const links = [{ guardian: alsoHere, level: 1 as const, kinship: '10', hosts: true, pays: true, contactFirst: true }];
    told('guardian-of-two-schools', add(people.pupil(5, alsoHere.familyName, { links, home: alsoHere.address })));
  }

  while (pupils.length < wanted) {
    const made = family(people.household());
    const eldest = add(people.pupil(level(), made.name, made));
    if (pupils.length < wanted && random.chance(9)) {
      const other = random.pick(LEVELS.filter((each) => each !== eldest.level));
      add(people.pupil(other, made.name, made));
    }
  }
  return { pupils, cast };
}

/** Each pupil to the smallest class of the level, so that twins and homonyms are apart as a school would have it. */
function distribute(pupils: readonly Pupil[], classes: readonly SchoolClass[]): void {
  const sizes = new Map(classes.map(({ code }) => [code, 0]));
  for (const pupil of pupils) {
    const size = ({ code }: SchoolClass) => sizes.get(code) ?? 0;
    const [smallest] = classes.filter(({ level }) => level === pupil.level).sort((a, b) => size(a) - size(b));
    if (smallest === undefined) throw new Error(`No class of level ${pupil.level}`);
    pupil.className = smallest.code;
    sizes.set(smallest.code, size(smallest) + 1);
  }
}

const byName = (a: Pupil, b: Pupil) => (`${a.familyName} ${a.givenName} ${a.id}` < `${b.familyName} ${b.givenName} ${b.id}` ? -1 : 1);

/** Groups, who teaches them, and the lessons of a week as blocks that the timetable places. */
function teach(
  classes: readonly SchoolClass[],
  pupils: readonly Pupil[],
  staff: Staff,
): { groups: Group[]; blocks: Block[]; services: Service[] } {
  const groups: Group[] = [];
  const blocks: Block[] = [];
  const services: Service[] = [];
  const times = (count: number, block: Block) => {
    for (let i = 0; i < count; i += 1) blocks.push({ ...block });
  };
  const whole = (code: string, subject: SubjectName, teachers: readonly string[], weeks: Lesson['weeks'] = 'all'): Lesson => ({
    subject,
    teachers,
    classes: [code],
    groups: [],
    weeks,
  });
  const join = (group: Group, members: readonly Pupil[]) => {
    groups.push(group);
    for (const pupil of members) pupil.groups = [...pupil.groups, group.code];
  };

  for (const { code, level } of classes) {
    const perSubject = new Map<SubjectName, number>();
    for (const [subject, count, length] of WHOLE_CLASS[level]) perSubject.set(subject, (perSubject.get(subject) ?? 0) + count * length);
    for (const [subject, lessons] of perSubject) {
      const teacher = staff.forLessons(subject, lessons);
      if (subject === 'french' || subject === 'maths' || subject === 'history' || subject === 'english') teacher.principalOf ??= code;
      services.push({ structure: code, subject, teachers: [teacher.id] });
      for (const [each, count, length] of WHOLE_CLASS[level]) {
        if (each === subject)
          times(count, { classes: [code], teachers: [teacher.id], length, lessons: [whole(code, subject, [teacher.id])] });
      }
      // One French lesson of the sixth form is co-taught by the teacher of Latin.
      if (subject === 'french' && level === 6) {
        const second = staff.forLessons('latin', 1, [teacher.id]);
        const teachers = [teacher.id, second.id];
        blocks.push({ classes: [code], teachers, length: 1, lessons: [whole(code, subject, teachers)] });
      }
    }

    // Half the class each: biology and physics change places in the second lesson.
    const members = pupils.filter(({ className }) => className === code).sort(byName);
    const halfOf = (n: 1 | 2): Group => ({ code: `${code}.GR${n}`, label: `${code} GROUPE ${n}`, level, classes: [code] });
    const halves = [halfOf(1), halfOf(2)] as const;
    halves.forEach((group, i) => {
      const middle = Math.ceil(members.length / 2);
      join(group, i === 0 ? members.slice(0, middle) : members.slice(middle));
    });
    const [one, two] = halves;
    const weekly = level === 6 ? 2 : 3;
    const biology = staff.forLessons('biology', weekly).id;
    const physics = staff.forLessons('physics', weekly).id;
    const half = (group: Group, subject: SubjectName, teacher: string): Lesson => ({
      subject,
      teachers: [teacher],
      classes: [],
      groups: [group.code],
      weeks: 'all',
    });
    const both = { classes: [code], teachers: [biology, physics], length: 1 as const };
    blocks.push({ ...both, lessons: [half(one, 'biology', biology), half(two, 'physics', physics)] });
    blocks.push({ ...both, lessons: [half(one, 'physics', physics), half(two, 'biology', biology)] });
    for (const group of halves) {
      services.push(
        { structure: group.code, subject: 'biology', teachers: [biology] },
        { structure: group.code, subject: 'physics', teachers: [physics] },
      );
    }
    // One lesson of the whole class is physics in weeks A and biology in weeks B.
    if (level !== 6) {
      blocks.push({ ...both, lessons: [whole(code, 'physics', [physics], 'A'), whole(code, 'biology', [biology], 'B')] });
      services.push(
        { structure: code, subject: 'physics', teachers: [physics] },
        { structure: code, subject: 'biology', teachers: [biology] },
      );
    }
  }

  for (const level of LEVELS.filter((each) => each !== 6)) {
    const codes = classes.filter((each) => each.level === level).map(({ code }) => code);
    for (let i = 0; i < codes.length; i += 2) languages(level, codes.slice(i, i + 2));
    const latinists = pupils.filter((pupil) => pupil.level === level && pupil.latin);
    if (latinists.length === 0) continue;
    const spanned = codes.filter((code) => latinists.some(({ className }) => className === code));
    const group = { code: `${level}LATIN`, label: `${level}EME LATIN`, level, classes: spanned };
    join(group, latinists);
    const teacher = staff.forLessons('latin', 1).id;
    services.push({ structure: group.code, subject: 'latin', teachers: [teacher] });
    blocks.push({
      classes: spanned,
      teachers: [teacher],
      length: 1,
      lessons: [{ subject: 'latin', teachers: [teacher], classes: [], groups: [group.code], weeks: 'all' }],
    });
  }

  /** The second languages of two classes at the same time, so that their pupils can be grouped. */
  function languages(level: Level, codes: readonly string[]): void {
    const chosen = (language: 'spanish' | 'german') =>
      pupils.filter((pupil) => codes.includes(pupil.className) && pupil.secondLanguage === language).sort(byName);
    const name = `${level}${codes.map((code) => code.slice(1)).join('')}`;
    const lessons: Lesson[] = [];
    const busy: string[] = [];
    const open = (code: string, subject: 'spanish' | 'german', members: readonly Pupil[]) => {
      if (members.length === 0) return;
      const teacher = staff.forLessons(subject, LANGUAGE_LESSONS, busy).id;
      busy.push(teacher);
      const spanned = codes.filter((each) => members.some(({ className }) => className === each));
      join({ code, label: `${code.replace('.', ' ')} LV2`, level, classes: spanned }, members);
      services.push({ structure: code, subject, teachers: [teacher] });
      lessons.push({ subject, teachers: [teacher], classes: [], groups: [code], weeks: 'all' });
    };
    const spanish = chosen('spanish');
    // From twenty-five pupils on they are two groups, each with pupils of both classes.
    if (spanish.length > 24) {
      open(
        `${name}.ESP1`,
        'spanish',
        spanish.filter((_, i) => i % 2 === 0),
      );
      open(
        `${name}.ESP2`,
        'spanish',
        spanish.filter((_, i) => i % 2 === 1),
      );
    } else open(`${name}.ESP1`, 'spanish', spanish);
    open(`${name}.ALL1`, 'german', chosen('german'));
    if (lessons.length > 0) times(LANGUAGE_LESSONS, { classes: codes, teachers: busy, length: 1, lessons });
  }

  return { groups, blocks, services };
}
