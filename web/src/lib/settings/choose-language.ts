import { setLocale } from '../../paraglide/runtime.js';
import type { Language } from './language.ts';

/** Remembered on this device; the page starts again in that language (the session comes back by its cookie). */
export const chooseLanguage = (language: Language): void => void setLocale(language);
