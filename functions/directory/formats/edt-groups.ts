import type { GroupKind, PupilRecord } from '../../../shared/directory/school-file.ts';
import type { Element } from './elements.ts';
import { attributeOf, childrenOf, trimmed } from './fields.ts';
import type { Reading } from './reading.ts';

export interface Structure {
  readonly code: string;
  readonly kind: GroupKind;
}

/**
 * How EDT makes groups: a class is cut into parts, a group is a set of parts (or whole classes), a pupil is in a class and in parts. What the
 * directory knows are classes and groups; a part becomes one of its own only when a course names it and no group is just that part.
 */
export class EdtGroups {
  readonly #reading: Reading;
  readonly #classes = new Map<string, string>();
  readonly #groups = new Map<string, string>();
  readonly #classOfPart = new Map<string, string>();
  readonly #groupsOfPart = new Map<string, string[]>();
  readonly #groupsOfClass = new Map<string, string[]>();
  /** The group that is one part and nothing else. */
  readonly #groupThatIsPart = new Map<string, string>();
  readonly #partsUsed = new Map<string, string>();
  readonly #names = new Map<string, GroupKind>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  addClass(element: Element): void {
    const name = this.#name(element, 'class');
    const ident = attributeOf(element, 'Ident');
    if (name === undefined || ident === undefined) return;
    this.#classes.set(ident, name.code);
    for (const part of childrenOf(element, 'PartieDeClasse')) this.#classOfPart.set(attributeOf(part, 'Ident') ?? '', name.code);
    if (name.first) this.#reading.emit({ type: 'group', code: name.code, kind: 'class', mefs: [], classCodes: [] });
  }

  addGroup(element: Element): void {
    const name = this.#name(element, 'group');
    const ident = attributeOf(element, 'Ident');
    if (name === undefined || ident === undefined) return;
    this.#groups.set(ident, name.code);
    const spanned = new Set<string>();
    const parts = childrenOf(element, 'PartieDeClasse').map((part) => attributeOf(part, 'Ident') ?? '');
    const classes = childrenOf(element, 'Classe').map((whole) => attributeOf(whole, 'Ident') ?? '');
    const unknown = () => this.#reading.report('group-unknown', element.line, { kind: 'group', id: name.code });
    for (const part of parts) {
      const of = this.#classOfPart.get(part);
      if (of === undefined) unknown();
      else spanned.add(of);
      this.#groupsOfPart.set(part, [...(this.#groupsOfPart.get(part) ?? []), name.code]);
    }
    for (const whole of classes) {
      const of = this.#classes.get(whole);
      if (of === undefined) unknown();
      else spanned.add(of);
      this.#groupsOfClass.set(whole, [...(this.#groupsOfClass.get(whole) ?? []), name.code]);
    }
    const [only] = parts;
    if (only !== undefined && parts.length === 1 && classes.length === 0) this.#groupThatIsPart.set(only, name.code);
    if (name.first) this.#reading.emit({ type: 'group', code: name.code, kind: 'group', mefs: [], classCodes: [...spanned].slice(0, 200) });
  }

  classOf(ident: string): string | undefined {
    return this.#classes.get(ident);
  }

  groupOf(ident: string): string | undefined {
    return this.#groups.get(ident);
  }

  /** The group that stands for a part which a course names directly. */
  partOf(ident: string): string | undefined {
    const group = this.#groupThatIsPart.get(ident) ?? this.#partsUsed.get(ident);
    if (group !== undefined) return group;
    const of = this.#classOfPart.get(ident);
    if (of === undefined) return undefined;
    const code = `${of}/${ident}`.slice(0, 64);
    this.#partsUsed.set(ident, code);
    this.#reading.emit({ type: 'group', code, kind: 'part', mefs: [], classCodes: [of] });
    return code;
  }

  ofClass(ident: string, pupil: PupilRecord): Structure[] {
    const code = this.#classes.get(ident);
    if (code === undefined) return this.#unknown(pupil);
    return [{ code, kind: 'class' }, ...(this.#groupsOfClass.get(ident) ?? []).map((group): Structure => ({ code: group, kind: 'group' }))];
  }

  ofPart(ident: string, pupil: PupilRecord): Structure[] {
    const used = this.#partsUsed.get(ident);
    const groups = (this.#groupsOfPart.get(ident) ?? []).map((code): Structure => ({ code, kind: 'group' }));
    if (groups.length === 0 && !this.#classOfPart.has(ident)) return this.#unknown(pupil);
    return used === undefined ? groups : [...groups, { code: used, kind: 'part' }];
  }

  #unknown({ sourceId, line }: PupilRecord): Structure[] {
    this.#reading.report('group-unknown', line, { kind: 'pupil', id: sourceId });
    return [];
  }

  #name(element: Element, kind: GroupKind): { code: string; first: boolean } | undefined {
    const code = trimmed(element.attributes.Nom ?? '').slice(0, 64);
    if (code === '') {
      this.#reading.report(
        'name-missing',
        element.line,
        { kind: 'group', id: attributeOf(element, 'Ident')?.slice(0, 140) ?? '?' },
        { field: 'Nom' },
      );
      return undefined;
    }
    const first = !this.#names.has(code);
    if (!first) this.#reading.report('group-twice', element.line, { kind: 'group', id: code });
    this.#names.set(code, kind);
    return { code, first };
  }
}
