import type { Anomaly, SchoolFileRecord } from '../../../shared/directory/school-file.ts';

interface Seen {
  readonly file: string;
  readonly line: number;
}

/** What only several files together show: SIECLE keeps pupils in one file and their guardians in another. Ids and addresses are all it holds. */
export class Inspection {
  readonly #pupils = new Map<string, Seen>();
  readonly #pupilOfEmail = new Map<string, string>();
  readonly #guardianEmails: (Seen & { id: string; email: string })[] = [];
  readonly #linked = new Set<string>();
  #file = '';
  #format: string | undefined;
  #sawGuardians = false;

  see(record: SchoolFileRecord): void {
    switch (record.type) {
      case 'header':
        this.#file = record.file;
        this.#format = record.format;
        this.#sawGuardians ||= record.format === 'siecle-guardians';
        break;
      case 'pupil':
        // Pupils of EDT bring their guardians with them, and its reader has looked.
        if (this.#format === 'siecle-pupils') this.#pupils.set(record.sourceId, { file: this.#file, line: record.line });
        if (record.email !== undefined) this.#pupilOfEmail.set(record.email.toLowerCase(), record.sourceId);
        break;
      case 'guardian':
        if (record.email !== undefined) {
          this.#guardianEmails.push({ file: this.#file, line: record.line, id: record.sourceId, email: record.email.toLowerCase() });
        }
        break;
      case 'link':
        this.#linked.add(record.pupilSourceId);
        break;
    }
  }

  /** Once every file was seen. */
  *findings(): Generator<Anomaly> {
    if (this.#sawGuardians) {
      for (const [id, seen] of this.#pupils) {
        if (!this.#linked.has(id)) yield { type: 'anomaly', code: 'pupil-without-guardian', ...seen, subject: { kind: 'pupil', id } };
      }
    }
    for (const { file, line, id, email } of this.#guardianEmails) {
      const pupil = this.#pupilOfEmail.get(email);
      if (pupil === undefined) continue;
      yield { type: 'anomaly', code: 'email-of-pupil', file, line, subject: { kind: 'guardian', id }, field: 'MEL', related: [pupil] };
    }
  }
}
