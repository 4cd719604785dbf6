import type { CourseRecord, TimetableSlot } from '../../../shared/directory/school-file.ts';
import type { EdtGroups } from './edt-groups.ts';
import type { Element } from './elements.ts';
import { attributeOf, childrenOf } from './fields.ts';
import { defined, type Reading } from './reading.ts';
import { byParticipants, maskOf, WeekCalendar } from './week-masks.ts';

interface Year {
  readonly yearFrom: string;
  readonly yearUntil: string;
  readonly firstMonday: string;
}

type Participant = { readonly list: 'teacherIds' | 'classCodes' | 'groupCodes' | 'rooms'; readonly id: string };

const whole = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : undefined);

/** The timetable part of an EDT export. Set `year`, then `begin` with the grid; courses follow. */
export class EdtCourses {
  readonly #reading: Reading;
  readonly #groups: EdtGroups;
  readonly teacherByIdent = new Map<string, string>();
  readonly subjectByIdent = new Map<string, string>();
  readonly roomByIdent = new Map<string, string>();
  year: Year | undefined;
  #weeks: WeekCalendar | undefined;
  #slots = new Map<number, TimetableSlot>();
  #slotMinutes = 60;
  #position = 0;

  constructor(reading: Reading, groups: EdtGroups) {
    this.#reading = reading;
    this.#groups = groups;
  }

  begin(slotMinutes: number, slots: TimetableSlot[], openWeekdays: number[]): void {
    if (this.year === undefined) return;
    this.#slotMinutes = slotMinutes;
    this.#slots = new Map(slots.map((slot) => [slot.number, slot]));
    this.#weeks = new WeekCalendar(this.year.firstMonday);
    this.#reading.emit({ type: 'timetable', ...this.year, slotMinutes, slots, openWeekdays });
  }

  /** A course, or one whose parts stand inside it (`Cours/Cours`): a part takes day and slot from its course where it says none. */
  add(element: Element, outer: Readonly<Record<string, string>> = {}): void {
    const attributes = { ...outer, ...element.attributes };
    const inner = childrenOf(element, 'Cours');
    const hasOwn = element.children.some(({ name }) => name !== 'Cours' && name !== 'Matiere');
    if (inner.length === 0 || hasOwn) this.#course(element, attributes);
    for (const part of inner) {
      if (part.children.some(({ name }) => name === 'Matiere')) this.add(part, attributes);
      else this.add({ ...part, children: [...childrenOf(element, 'Matiere'), ...part.children] }, attributes);
    }
  }

  #course(element: Element, attributes: Readonly<Record<string, string>>): void {
    const position = this.#position;
    this.#position += 1;
    const subject = { kind: 'course', id: String(position) } as const;
    const { line } = element;
    const weekday = whole(attributes.Jour);
    const slot = whole(attributes.NumeroPlaceDebut);
    const slots = whole(attributes.NombrePlaces);
    const time = slot === undefined || slots === undefined ? undefined : this.#time(slot, slots);
    const weeks = this.#weeks;
    if (
      weekday === undefined ||
      weekday < 1 ||
      weekday > 7 ||
      slot === undefined ||
      slots === undefined ||
      time === undefined ||
      weeks === undefined
    ) {
      this.#reading.report('course-without-time', line, subject);
      return;
    }

    const cancelled = attributes.SemainesAnnulation === undefined ? 0n : this.#mask(attributes.SemainesAnnulation, line, subject);
    const participants: { who: Participant; mask: bigint }[] = [];
    for (const each of element.children) {
      const who = this.#participant(each, subject);
      if (who === undefined) continue;
      participants.push({ who, mask: this.#mask(each.attributes.SemainesInclusion ?? each.attributes.Semaines, each.line, subject) });
    }
    if (!participants.some(({ who }) => who.list === 'classCodes' || who.list === 'groupCodes')) {
      this.#reading.report('course-without-pupils', line, subject);
    }

    const subjectIdent = childrenOf(element, 'Matiere')[0]?.attributes.Ident;
    const subjectId = subjectIdent === undefined ? undefined : this.subjectByIdent.get(subjectIdent);
    if (subjectIdent !== undefined && subjectId === undefined) this.#reading.report('subject-unknown', line, subject);
    const base = { type: 'course', position, weekday, ...time, slot, slots, line, ...defined({ subjectId }) } as const;
    const sets = byParticipants(participants);
    // A course that never takes place is still told: someone may look for it.
    for (const { mask, present } of sets.length > 0 ? sets : [{ mask: 0n, present: participants.map(({ who }) => who) }]) {
      const record: CourseRecord = {
        ...base,
        teacherIds: [],
        classCodes: [],
        groupCodes: [],
        rooms: [],
        weeks: [...weeks.mondaysOf(mask & ~cancelled)],
        cancelledWeeks: [...weeks.mondaysOf(mask & cancelled)],
      };
      for (const { list, id } of present) if (!record[list].includes(id) && record[list].length < 100) record[list].push(id);
      this.#reading.emit(record);
    }
  }

  #participant(element: Element, subject: { kind: 'course'; id: string }): Participant | undefined {
    const ident = attributeOf(element, 'Ident') ?? '';
    const known = (
      list: Participant['list'],
      id: string | undefined,
      unknown: 'teacher-unknown' | 'group-unknown',
    ): Participant | undefined => {
      if (id !== undefined) return { list, id };
      this.#reading.report(unknown, element.line, subject, { related: [ident.slice(0, 140)] });
      return undefined;
    };
    switch (element.name) {
      case 'Professeur':
        return known('teacherIds', this.teacherByIdent.get(ident), 'teacher-unknown');
      case 'Classe':
        return known('classCodes', this.#groups.classOf(ident), 'group-unknown');
      case 'Groupe':
        return known('groupCodes', this.#groups.groupOf(ident), 'group-unknown');
      case 'PartieDeClasse':
        return known('groupCodes', this.#groups.partOf(ident), 'group-unknown');
      case 'Salle':
        return { list: 'rooms', id: this.roomByIdent.get(ident) ?? ident.slice(0, 64) };
      default:
        return undefined;
    }
  }

  #mask(text: string | undefined, line: number, subject: { kind: 'course'; id: string }): bigint {
    const mask = maskOf(text?.trim());
    if (mask === undefined) this.#reading.report('weeks-invalid', line, subject);
    return mask ?? 0n;
  }

  /** Start and end as the grid's labels say: slots may be 55 minutes with breaks between them. */
  #time(slot: number, slots: number): { startMinute: number; minutes: number } | undefined {
    const first = this.#slots.get(slot);
    if (first === undefined || slots < 1 || slots > 200) return undefined;
    const end = this.#slots.get(slot + slots - 1)?.endMinute ?? first.startMinute + slots * this.#slotMinutes;
    const minutes = Math.min(1440, end) - first.startMinute;
    return minutes > 0 ? { startMinute: first.startMinute, minutes } : undefined;
  }
}
