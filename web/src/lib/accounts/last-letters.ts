/** What this device asked for last: its page may be left while letters are being written. No name and no code is kept. */
export interface LastLetters {
  readonly jobId: string;
  /** For the names of the files: `responsables`, `5-b`. */
  readonly who: string;
}

const key = (uai: string) => `preau.letters.${uai}`;

export const rememberLetters = (uai: string, letters: LastLetters): void => localStorage.setItem(key(uai), JSON.stringify(letters));

export const forgetLetters = (uai: string): void => localStorage.removeItem(key(uai));

export function lastLetters(uai: string): LastLetters | undefined {
  try {
    const { jobId, who } = JSON.parse(localStorage.getItem(key(uai)) ?? '{}') as Partial<Record<keyof LastLetters, unknown>>;
    return typeof jobId === 'string' && typeof who === 'string' ? { jobId, who } : undefined;
  } catch {
    return;
  }
}

/** A piece of a file's name that any disk takes: `Élèves 5e B` is `eleves-5e-b`. */
export const fileWord = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
