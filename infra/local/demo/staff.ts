import type { SubjectName } from './curriculum.ts';
import { FATHERS, MOTHERS } from './names.ts';
import type { People } from './people.ts';
import type { Random } from './random.ts';

export interface StaffMember {
  /** INDIVIDU/@ID of STS, IDSTS of EDT. */
  readonly id: string;
  readonly pronoteId: string;
  readonly female: boolean;
  readonly familyName: string;
  readonly usageName: string | undefined;
  readonly givenName: string;
  readonly birthDate: string;
  readonly duty: 'ENS' | 'DIR' | 'EDU';
  readonly subject: SubjectName | undefined;
  readonly room: string;
  /** The class of a professeur principal. */
  principalOf: string | undefined;
}

/** Most lessons a week of a certifié. */
const FULL_SERVICE = 18;

/** Hires as lessons are given out: nobody above a full service, nobody twice at once. */
export class Staff {
  readonly #random: Random;
  readonly #people: People;
  readonly #lessons = new Map<string, number>();
  readonly members: StaffMember[] = [];
  #next: number;

  constructor(random: Random, people: People, firstId: number) {
    this.#random = random;
    this.#people = people;
    this.#next = firstId;
  }

  hire(
    duty: StaffMember['duty'],
    subject?: SubjectName,
    known?: { female: boolean; familyName: string; givenName: string; usageName?: string | undefined },
  ): StaffMember {
    const random = this.#random;
    const female = known?.female ?? random.chance(60);
    const two = (n: number) => String(n).padStart(2, '0');
    this.#next += 1;
    const member: StaffMember = {
      id: String(this.#next),
      pronoteId: this.#people.pronoteId(),
      female,
      familyName: known?.familyName ?? this.#people.familyName(),
      usageName: known?.usageName,
      givenName: known?.givenName ?? random.pick(female ? MOTHERS : FATHERS),
      birthDate: `${random.int(1963, 1998)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
      duty,
      subject,
      room:
        subject === 'sport'
          ? `GYMNASE ${1 + this.members.filter((other) => other.subject === 'sport').length}`
          : String(101 + this.members.length),
      principalOf: undefined,
    };
    this.members.push(member);
    return member;
  }

  /** Someone of the subject with room for this many lessons more, who is not one of `besides`; hired if need be. */
  forLessons(subject: SubjectName, lessons: number, besides: readonly string[] = []): StaffMember {
    const load = (member: StaffMember) => this.#lessons.get(member.id) ?? 0;
    const free = this.members
      .filter((member) => member.subject === subject && !besides.includes(member.id) && load(member) + lessons <= FULL_SERVICE)
      .sort((a, b) => load(b) - load(a));
    const member = free[0] ?? this.hire('ENS', subject);
    this.#lessons.set(member.id, load(member) + lessons);
    return member;
  }
}
