import type { MessageLanguage } from '../language.ts';
import type { Words } from './said.ts';
import { AR } from './words-ar.ts';
import { EN } from './words-en.ts';
import { FR } from './words-fr.ts';
import { PT } from './words-pt.ts';

/** A language is one file that says the same sentences, and one line here. */
export const WORDS: Readonly<Record<MessageLanguage, Words>> = { fr: FR, en: EN, ar: AR, pt: PT };
