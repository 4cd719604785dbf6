export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The page's language: the shell and the settings keep it on `<html lang>`. */
export const currentLanguage = (): Language => (typeof document !== 'undefined' && document.documentElement.lang === 'en' ? 'en' : 'fr');
