import * as z from 'zod';
import { PersonId } from '../kernel/index.ts';
import { MessageLanguage } from './language.ts';

/** How one person wants to be told, at all their schools. That they are told of an absence is not theirs to choose. */
export const Preferences = z.object({ personId: PersonId, language: MessageLanguage.optional() });
export type Preferences = z.infer<typeof Preferences>;
