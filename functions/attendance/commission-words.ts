import type { Action } from '../../shared/attendance/action.ts';
import type { AnswerReason } from '../../shared/attendance/answer.ts';
import type { Counts } from '../../shared/attendance/half-days.ts';
import type { LocalDate } from '../../shared/kernel/index.ts';

/** The paper is French, whatever language a screen has: it goes to the commission and the académie. */
const MONTH = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('fr-FR', { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });
const FULL = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

const at = (date: string): Date => new Date(`${date}T12:00:00Z`);
export const monthWords = (month: string): string => MONTH.format(at(`${month}-01`));
export const dayWords = (date: LocalDate): string => DAY.format(at(date)).replace(/\b1 /, '1er ');
export const fullWords = (date: LocalDate): string => FULL.format(at(date)).replace(/^1 /, '1er ');
export const hourWords = (minute: number): string => {
  const rest = minute % 60;
  return `${Math.floor(minute / 60)}\u00a0h${rest === 0 ? '' : `\u00a0${String(rest).padStart(2, '0')}`}`;
};
export const halfWords = { morning: 'matin', afternoon: 'après-midi' } as const;

const many = (count: number, one: string, more: string): string => `${String(count).replace('.', ',')}\u00a0${count > 1 ? more : one}`;

export const figureWords = ({ halfDays, halfDaysWithoutReason, lessonHours, latenesses }: Counts): string[] => [
  `${many(halfDays, 'demi-journée', 'demi-journées')} d’absence, dont ${halfDaysWithoutReason} sans motif recevable.`,
  `${many(lessonHours, 'heure', 'heures')} de cours${lessonHours > 1 ? ' manquées' : ' manquée'}, ${many(latenesses, 'retard', 'retards')}.`.replace(
    '.5 ',
    ',5 ',
  ),
];

export const NO_REASON = 'Aucun motif donné';
export const HEALTH = 'Motif de santé';

export const actionWords: Readonly<Record<Action['kind'], string>> = {
  called: 'Appel téléphonique',
  answered: 'Appel téléphonique\u00a0: quelqu’un a répondu',
  'left-message': 'Appel téléphonique\u00a0: message laissé',
  'no-answer': 'Appel téléphonique\u00a0: pas de réponse',
  'wrong-number': 'Appel téléphonique\u00a0: mauvais numéro',
  'message-sent': 'Message envoyé',
  'letter-sent': 'Courrier envoyé',
  meeting: 'Rencontre',
  note: 'Note',
};

/** What the family said, as they said it; health without its detail. */
export const answerWords: Readonly<Record<AnswerReason, string>> = {
  illness: 'Réponse de la famille\u00a0: motif de santé',
  appointment: 'Réponse de la famille\u00a0: motif de santé',
  family: 'Réponse de la famille\u00a0: raison familiale',
  transport: 'Réponse de la famille\u00a0: transport',
  travel: 'Réponse de la famille\u00a0: déplacement',
  other: 'Réponse de la famille\u00a0: autre motif',
  unknown: 'Réponse de la famille\u00a0: elle ne savait pas',
};
