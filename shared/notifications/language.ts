import * as z from 'zod';

/** The languages families can be written to in: more than those of the pages. */
export const MessageLanguage = z.enum(['fr', 'en', 'ar', 'pt']);
export type MessageLanguage = z.infer<typeof MessageLanguage>;

/** Which way a language is written. */
export const dirOf = (language: MessageLanguage): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');
