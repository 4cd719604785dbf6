import { type Level, MEFS } from './curriculum.ts';
import { BOYS, FAMILY_NAMES, FATHERS, GIRLS, MOTHERS, plain, STREETS } from './names.ts';
import type { Random } from './random.ts';

export interface Address {
  readonly id: string;
  readonly line: string;
  readonly second: string | undefined;
  readonly postalCode: string;
  readonly city: string;
}

export interface Guardian {
  readonly id: string;
  readonly pronoteId: string;
  readonly female: boolean;
  readonly familyName: string;
  readonly usageName: string | undefined;
  readonly givenName: string;
  readonly email: string | undefined;
  readonly mobile: string | undefined;
  readonly home: string | undefined;
  readonly acceptsSms: boolean;
  readonly address: Address;
}

export interface Link {
  readonly guardian: Guardian;
  readonly level: 1 | 2 | 3;
  readonly kinship: string;
  readonly hosts: boolean;
  readonly pays: boolean;
  readonly contactFirst: boolean;
}

export interface Pupil {
  readonly id: string;
  readonly ine: string | undefined;
  readonly localNumber: string;
  readonly pronoteId: string;
  readonly female: boolean;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly level: Level;
  readonly mef: string;
  readonly regime: '1' | '2';
  readonly email: string | undefined;
  readonly address: Address;
  readonly links: readonly Link[];
  /** Code of the class, then of the groups. */
  className: string;
  groups: string[];
  readonly secondLanguage: 'spanish' | 'german' | undefined;
  readonly latin: boolean;
}

export type Household = 'together' | 'separated' | 'shared-custody' | 'single' | 'without-rights' | 'foster' | 'step-parent';

/** Households in a hundred, drawn in this order. */
const HOUSEHOLDS: readonly (readonly [Household, number])[] = [
  ['together', 62],
  ['separated', 15],
  ['shared-custody', 9],
  ['single', 5],
  ['step-parent', 6],
  ['without-rights', 2],
  ['foster', 1],
];

const PRONOTE_ALPHABET = '23456789ABCDEFHJKMNPQRSTUVWXYZ';

/** Everyone of all schools of the demo: ids are unique across them, as in one académie's base. */
export class People {
  readonly #random: Random;
  readonly #year: number;
  readonly #emails = new Map<string, number>();
  #ids = { pupil: 1_000_000, guardian: 2_000_000, address: 3_000_000, phone: 0 };

  constructor(random: Random, year: number) {
    this.#random = random;
    this.#year = year;
  }

  familyName(): string {
    return this.#random.pick(FAMILY_NAMES);
  }

  pronoteId(): string {
    return Array.from({ length: 16 }, () => PRONOTE_ALPHABET[this.#random.int(0, PRONOTE_ALPHABET.length - 1)]).join('');
  }

  household(): Household {
    let drawn = this.#random.int(1, 100);
    for (const [household, share] of HOUSEHOLDS) {
      drawn -= share;
      if (drawn <= 0) return household;
    }
    return 'together';
  }

  /** Reserved names of the Internet (RFC 2606): no mail of the demo can reach anyone. */
  email(givenName: string, familyName: string, domain: 'famille' | 'eleve'): string {
    const local = `${plain(givenName)}.${plain(familyName)}`;
    const key = `${local}@${domain}`;
    const before = this.#emails.get(key) ?? 0;
    this.#emails.set(key, before + 1);
    return `${local}${before === 0 ? '' : before + 1}@${domain}.example`;
  }

  address(place: { postalCode: string; city: string }): Address {
    this.#ids.address += 1;
    const second = this.#random.chance(25)
      ? `BÂTIMENT ${this.#random.pick(['A', 'B', 'C'])} APPARTEMENT ${this.#random.int(1, 40)}`
      : undefined;
    return { id: String(this.#ids.address), line: `${this.#random.int(1, 120)} ${this.#random.pick(STREETS)}`, second, ...place };
  }

  guardian(
    address: Address,
    female: boolean,
    familyName: string,
    fixed: { givenName?: string; email?: string | null; usageName?: string } = {},
  ): Guardian {
    const random = this.#random;
    this.#ids.guardian += 1;
    // Numbers that ARCEP keeps for fiction: 06 39 98 and 01 99 00.
    this.#ids.phone += 1;
    const last = String(this.#ids.phone % 10_000).padStart(4, '0');
    const givenName = fixed.givenName ?? random.pick(female ? MOTHERS : FATHERS);
    const known =
      fixed.email ??
      (fixed.email === undefined && random.chance(95) ? this.email(givenName, fixed.usageName ?? familyName, 'famille') : undefined);
    return {
      id: String(this.#ids.guardian),
      pronoteId: this.pronoteId(),
      female,
      familyName,
      usageName: fixed.usageName,
      givenName,
      email: known,
      mobile: random.chance(97) ? `+3363998${last}` : undefined,
      home: random.chance(20) ? `019900${last}` : undefined,
      acceptsSms: random.chance(90),
      address,
    };
  }

  /** Who is responsible for the children of one household, and where the children live. */
  responsible(household: Household, familyName: string, place: { postalCode: string; city: string }): { links: Link[]; home: Address } {
    const random = this.#random;
    const home = this.address(place);
    const elsewhere = () => this.address(place);
    const link = (guardian: Guardian, level: 1 | 2 | 3, kinship: string, hosts: boolean, first = false): Link => ({
      guardian,
      level,
      kinship,
      hosts,
      pays: first,
      contactFirst: first,
    });
    const mother = (address: Address, fixed: Parameters<People['guardian']>[3] = {}) =>
      this.guardian(address, true, random.chance(60) ? this.familyName() : familyName, { ...fixed });
    const father = (address: Address) => this.guardian(address, false, familyName);
    switch (household) {
      case 'together':
        return { home, links: [link(mother(home), 1, '10', true, true), link(father(home), 1, '20', true)] };
      case 'separated':
        return { home, links: [link(mother(home), 1, '10', true, true), link(father(elsewhere()), 1, '20', false)] };
      case 'shared-custody':
        return { home, links: [link(mother(home), 1, '10', true, true), link(father(elsewhere()), 1, '20', true)] };
      case 'single':
        return { home, links: [random.chance(80) ? link(mother(home), 1, '10', true, true) : link(father(home), 1, '20', true, true)] };
      case 'step-parent':
        return {
          home,
          links: [
            link(mother(home), 1, '10', true, true),
            link(father(elsewhere()), 1, '20', false),
            link(this.guardian(home, false, this.familyName()), 3, '90', true),
          ],
        };
      case 'without-rights':
        return { home, links: [link(mother(home), 1, '10', true, true), link(father(elsewhere()), 3, '20', false)] };
      case 'foster':
        return {
          home,
          links: [
            link(mother(elsewhere()), 1, '10', false),
            link(this.guardian(home, true, this.familyName()), 2, '42', true, true),
            link(this.guardian(elsewhere(), true, this.familyName()), 2, '51', false),
          ],
        };
    }
  }

  pupil(
    level: Level,
    familyName: string,
    family: { links: Link[]; home: Address },
    fixed: Partial<Pick<Pupil, 'givenName' | 'female' | 'birthDate' | 'ine' | 'email'>> = {},
  ): Pupil {
    const random = this.#random;
    this.#ids.pupil += 1;
    const number = this.#ids.pupil;
    const female = fixed.female ?? random.chance(50);
    const givenName = fixed.givenName ?? random.pick(female ? GIRLS : BOYS);
    const two = (n: number) => String(n).padStart(2, '0');
    // A pupil in twenty is a year behind.
    const birthYear = this.#year - 11 - (6 - level) - (random.chance(5) ? 1 : 0);
    const birthDate = fixed.birthDate ?? `${birthYear}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
    return {
      id: String(number),
      ine: 'ine' in fixed ? fixed.ine : `${String(number % 1_000_000).padStart(9, '0')}${random.pick(['AA', 'BB', 'CC', 'DD', 'EE'])}`,
      localNumber: String(number % 100_000),
      pronoteId: this.pronoteId(),
      female,
      familyName,
      givenName,
      birthDate,
      level,
      mef: MEFS[level].code,
      regime: random.chance(70) ? '2' : '1',
      email: fixed.email ?? (random.chance(25) ? this.email(givenName, familyName, 'eleve') : undefined),
      address: family.home,
      links: family.links,
      className: '',
      groups: [],
      secondLanguage: level === 6 ? undefined : random.chance(70) ? 'spanish' : 'german',
      latin: level !== 6 && random.chance(18),
    };
  }
}
