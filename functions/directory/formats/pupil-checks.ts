import type { PupilRecord } from '../../../shared/directory/school-file.ts';
import type { Reading } from './reading.ts';

/** A pupil is between these ages on 1 September: a two-year-old in maternelle, a late BTS. */
const YOUNGEST = 2;
const OLDEST = 30;

/** A day that is in every class membership that overlaps another. */
const overlap = (
  a: { from?: string | undefined; until?: string | undefined },
  b: { from?: string | undefined; until?: string | undefined },
) => (a.from ?? '') <= (b.until ?? '9') && (b.from ?? '') <= (a.until ?? '9');

/** What can be wrong with the pupils of one file, whatever its format. Only a second pupil of the same id is left out; everyone else stays. */
export class PupilChecks {
  readonly #reading: Reading;
  readonly #ids = new Set<string>();
  readonly #byIne = new Map<string, string>();
  readonly #byNameAndBirth = new Map<string, string>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Whether this is the first pupil of that id. */
  first(id: string, line: number): boolean {
    if (this.#ids.has(id)) {
      this.#reading.report('pupil-twice', line, { kind: 'pupil', id });
      return false;
    }
    this.#ids.add(id);
    return true;
  }

  record(pupil: PupilRecord): void {
    const { sourceId, ine, birthDate, line, entryDate, exitDate } = pupil;
    const report = (code: Parameters<Reading['report']>[0], related?: string) =>
      this.#reading.report(code, line, { kind: 'pupil', id: sourceId }, related === undefined ? undefined : { related: [related] });

    if (ine === undefined) report('pupil-without-ine');
    else {
      const twin = this.#byIne.get(ine);
      if (twin === undefined) this.#byIne.set(ine, sourceId);
      else report('ine-twice', twin);
    }
    if (pupil.sex === undefined) report('sex-missing');
    if (entryDate !== undefined && exitDate !== undefined && exitDate < entryDate) report('dates-reversed');
    if (birthDate === undefined) report('birth-date-missing');
    else {
      const year = this.#reading.header?.year;
      const age = year === undefined ? undefined : year - Number(birthDate.slice(0, 4));
      if (age !== undefined && (age < YOUNGEST || age > OLDEST)) report('birth-date-unlikely');
      const key = `${pupil.familyName} ${pupil.givenName} ${birthDate}`.toUpperCase();
      const twin = this.#byNameAndBirth.get(key);
      if (twin === undefined) this.#byNameAndBirth.set(key, sourceId);
      else report('homonyms', twin);
    }
  }

  memberships({ sourceId, memberships, line }: PupilRecord): void {
    const classes = memberships.filter(({ kind }) => kind === 'class');
    const subject = { kind: 'pupil', id: sourceId } as const;
    if (classes.length === 0) this.#reading.report('pupil-without-class', line, subject);
    const clash = classes.some((one, i) => classes.slice(i + 1).some((other) => one.code !== other.code && overlap(one, other)));
    if (clash) this.#reading.report('pupil-in-several-classes', line, subject);
  }
}
