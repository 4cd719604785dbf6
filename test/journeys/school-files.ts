import { XMLParser } from 'fast-xml-parser';

/** What SIECLE says of one tie: who may be told is decided here from the files, by no code of the product. */
interface Tie {
  readonly ELEVE_ID: string;
  readonly PERSONNE_ID: string;
  readonly NIVEAU_RESPONSABILITE: string;
  readonly CODE_PARENTE: string;
}

export interface PupilInFiles {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly className: string;
}

interface Element {
  readonly [name: string]: unknown;
}

const many = <T>(value: T | readonly T[] | undefined): readonly T[] => (value === undefined ? [] : ([value].flat() as T[]));
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false });

/** Exports are ISO-8859-15 but for what says otherwise, as the real ones are. */
function read(bytes: Uint8Array): Element {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 100));
  const encoding = /encoding="([^"]+)"/.exec(head)?.[1] ?? 'UTF-8';
  return parser.parse(new TextDecoder(encoding).decode(bytes)) as Element;
}

const at = (from: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((here, name) => (here as Element | undefined)?.[name], from);

const named = (files: Readonly<Record<string, Uint8Array>>, name: string): Element => {
  const [, bytes] = Object.entries(files).find(([path]) => path.endsWith(name)) ?? [];
  if (!bytes) throw new Error(`No ${name} among ${Object.keys(files).join(', ')}`);
  return read(bytes);
};

/** The families of a school as its SIECLE exports describe them. */
export class SchoolFiles {
  readonly pupils: readonly PupilInFiles[];
  readonly #ties: readonly Tie[];
  readonly #mails: ReadonlyMap<string, string>;

  constructor(files: Readonly<Record<string, Uint8Array>>) {
    const pupils = named(files, 'ElevesAvecAdresses.xml');
    const guardians = named(files, 'ResponsablesAvecAdresses.xml');
    const classes = new Map(
      many(at(pupils, 'BEE_ELEVES', 'DONNEES', 'STRUCTURES', 'STRUCTURES_ELEVE') as Element[]).map((of) => [
        String(of.ELEVE_ID),
        many(of.STRUCTURE as Element[]).find(({ TYPE_STRUCTURE }) => TYPE_STRUCTURE === 'D')?.CODE_STRUCTURE as string,
      ]),
    );
    this.pupils = many(at(pupils, 'BEE_ELEVES', 'DONNEES', 'ELEVES', 'ELEVE') as Element[]).map((one) => ({
      id: String(one.ELEVE_ID),
      familyName: String(one.NOM_DE_FAMILLE),
      givenName: String(one.PRENOM),
      className: classes.get(String(one.ELEVE_ID)) ?? '',
    }));
    const data = at(guardians, 'BEE_RESPONSABLES', 'DONNEES');
    this.#mails = new Map(
      many(at(data, 'PERSONNES', 'PERSONNE') as Element[]).flatMap(({ PERSONNE_ID, MEL }) =>
        typeof MEL === 'string' && MEL !== '' ? [[String(PERSONNE_ID), MEL] as const] : [],
      ),
    );
    this.#ties = many(at(data, 'RESPONSABLES', 'RESPONSABLE_ELEVE') as Tie[]);
  }

  pupil(id: string): PupilInFiles {
    const found = this.pupils.find((one) => one.id === id);
    if (!found) throw new Error(`No pupil ${id} in the files`);
    return found;
  }

  /** PERSONNE_IDs of those entitled: both parents and those in charge (levels 1 and 2), never a mere contact (3) or the pupil (70). */
  entitled(pupilId: string): readonly string[] {
    return this.#ties
      .filter((tie) => tie.ELEVE_ID === pupilId && tie.NIVEAU_RESPONSABILITE !== '3' && tie.CODE_PARENTE !== '70')
      .map(({ PERSONNE_ID }) => PERSONNE_ID);
  }

  others(pupilId: string): readonly string[] {
    const entitled = this.entitled(pupilId);
    return this.#ties
      .filter((tie) => tie.ELEVE_ID === pupilId && !entitled.includes(tie.PERSONNE_ID))
      .map(({ PERSONNE_ID }) => PERSONNE_ID);
  }

  /** Of some people, those who may see a pupil of the school: a contact of one may be another's parent. */
  seeing(personIds: Iterable<string>): readonly string[] {
    const entitled = new Set(this.pupils.flatMap(({ id }) => this.entitled(id)));
    return [...new Set(personIds)].filter((personId) => entitled.has(personId));
  }

  mail(personId: string): string | undefined {
    return this.#mails.get(personId);
  }

  /** Addresses of everyone who has to be told of these pupils, one for each pupil and person. */
  addresses(pupilIds: readonly string[]): string[] {
    return pupilIds.flatMap((id) => this.entitled(id).flatMap((personId) => this.mail(personId) ?? [])).sort();
  }
}
