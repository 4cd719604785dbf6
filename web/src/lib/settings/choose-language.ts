import type { Language } from './language.ts';

const KEY = 'preau.language';

/** Remembered on this device; the page starts again, and the shell reads it there (the session comes back by its cookie). */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  location.reload();
}
