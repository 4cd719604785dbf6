import * as z from 'zod';
import { defineRoute, PersonId } from '../kernel/index.ts';
import { MessageLanguage } from './language.ts';
import { NewsKind } from './preferences.ts';

/** What the signed link of a digest says; the purpose it is signed for is `STOP_LINK`. */
export const StopLink = z.object({ personId: PersonId, kind: NewsKind, language: MessageLanguage });
export type StopLink = z.infer<typeof StopLink>;
export const STOP_LINK = 'notifications.stop';
/** A mail of the whole school year can still be stopped. */
export const STOP_LINK_DAYS = 400;

const token = { token: z.string().max(2100) };

export const askToStop = defineRoute({
  name: 'notifications.ask-to-stop',
  method: 'GET',
  path: '/stops/{token}',
  rights: 'public',
  params: token,
  media: 'text/html',
  answer: z.string(),
  summary: 'The page that the last line of a digest leads to: one button, no sign-in. Opening it changes nothing: mail filters open links.',
  example: {},
});

export const stopNews = defineRoute({
  name: 'notifications.stop-news',
  method: 'POST',
  path: '/stops/{token}',
  rights: 'public',
  params: token,
  body: z.object({ 'List-Unsubscribe': z.literal('One-Click') }),
  form: true,
  media: 'text/html',
  answer: z.string(),
  summary:
    'A person gets no more mails of this kind: by the button of the page, or by that of their mail program (RFC 8058). Doing it twice is doing it once.',
  example: { body: { 'List-Unsubscribe': 'One-Click' } },
});
