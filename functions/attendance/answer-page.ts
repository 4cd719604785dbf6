import type { AnswerReason } from '../../shared/attendance/answer.ts';
import { isTakenBack } from '../../shared/attendance/episode.ts';
import type { EpisodeOfDay } from '../../shared/attendance/pupil-day.ts';
import type { School } from '../../shared/directory/school.ts';
import { type LocalDate, Reply } from '../../shared/kernel/index.ts';
import { readablePhone } from '../../shared/kernel/readable-phone.ts';
import { isHalfDay } from '../../shared/timetable/lesson.ts';
import { subjectName } from '../../shared/timetable/readable-names.ts';
import { policy, STYLE } from './answer-page-style.ts';
import type { Entitled } from './given-answer.ts';

export type Language = Entitled['language'];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text in an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);

const NBSP = '\u00A0';

const icon = (size: number, paths: string): string =>
  `<svg width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;
const ICONS = {
  illness: '<path d="M14 4v10.54a4 4 0 1 1-4 0V4a2 2 0 0 1 4 0Z"/>',
  transport:
    '<path d="M4 6 2 7"/><path d="M10 6h4"/><path d="m22 7-2-1"/><rect width="16" height="16" x="4" y="3" rx="2"/><path d="M4 11h16"/><path d="M8 15h.01"/><path d="M16 15h.01"/><path d="M6 19v2"/><path d="M18 21v-2"/>',
  family: '<path d="M18 21a8 8 0 0 0-16 0"/><circle cx="10" cy="8" r="5"/><path d="M22 20c0-3.37-2-6.5-4-8a5 5 0 0 0-.45-8.3"/>',
  alert: '<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>',
  sent: '<path d="M20 6 9 17l-5-5"/>',
} as const;
const MARK =
  '<svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#5a2e88"/><path d="M6 15.2 26 8.2" stroke="#fff" stroke-width="3.2" stroke-linecap="round"/><path d="M9.5 15.4V25M22.5 11V25" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><circle cx="16" cy="22.2" r="3" fill="#d8ea7e"/></svg>';

/** `9 h`, `9 h 05`; `9:00` in English. */
const hour = (minute: number, language: Language): string => {
  const [h, m] = [Math.floor(minute / 60), minute % 60];
  if (language === 'en') return `${h}:${String(m).padStart(2, '0')}`;
  return m === 0 ? `${h}${NBSP}h` : `${h}${NBSP}h${NBSP}${String(m).padStart(2, '0')}`;
};

/** `lundi 23 novembre`, `1er septembre`. */
const longDay = (date: LocalDate, language: Language, weekday = true): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'UTC',
    ...(weekday && { weekday: 'long' }),
    day: 'numeric',
    month: 'long',
  })
    .format(new Date(`${date}T00:00:00Z`))
    .replaceAll('\u202F', NBSP)
    .replace(/(^|\s)1 (?=\p{L}+$)/u, language === 'fr' ? '$11er ' : '$11 ');

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);

export interface Fact {
  readonly pupil: Entitled;
  readonly date: LocalDate;
  readonly today: LocalDate;
  readonly episode: EpisodeOfDay;
}

/** One fact: what was seen, never what was done wrong. */
const factOf = ({ pupil: { givenName, sex, language }, date, today, episode }: Fact): string => {
  const { state, startMinute, seenMinute } = episode;
  const agree = sex === 'M' ? '' : 'e';
  const at = hour(startMinute, language);
  if (language === 'en') {
    if (state === 'cancelled') return `Correction: ${givenName} was in class at ${at}`;
    if (state === 'not-held') return `Correction: the lesson at ${at} did not take place`;
    if (state === 'not-absent') return `Correction: the school knew that ${givenName} was not in class at ${at}`;
    if (state === 'arrived' && seenMinute !== undefined)
      return `${givenName} was missing at ${at}, and was seen at ${hour(seenMinute, language)}`;
    const when = date === today ? (startMinute < 720 ? 'this morning ' : 'this afternoon ') : '';
    return `${givenName} was not seen in class ${when}at ${at}`;
  }
  if (state === 'cancelled') return `Rectificatif${NBSP}: ${givenName} était bien en cours à ${at}`;
  if (state === 'not-held') return `Rectificatif${NBSP}: le cours de ${at} n’a pas eu lieu`;
  if (state === 'not-absent') return `Rectificatif${NBSP}: ${givenName} n’était pas en cours à ${at}, et l’établissement le savait`;
  if (state === 'arrived' && seenMinute !== undefined)
    return `${givenName}, pas vu${agree} à ${at}, est arrivé${agree} à ${hour(seenMinute, language)}`;
  const when = date === today ? (startMinute < 720 ? 'ce matin ' : 'cet après-midi ') : '';
  return `${givenName} n’a pas été vu${agree} en cours ${when}à ${at}`;
};

const REASONS: readonly {
  reason: AnswerReason & ('illness' | 'transport' | 'family');
  fr: (sex: Entitled['sex']) => string;
  en: (sex: Entitled['sex']) => string;
}[] = [
  {
    reason: 'illness',
    fr: (sex) => (sex === 'M' ? 'Il est malade' : sex === 'F' ? 'Elle est malade' : 'Maladie'),
    en: (sex) => (sex === 'M' ? 'He is ill' : sex === 'F' ? 'She is ill' : 'Illness'),
  },
  { reason: 'transport', fr: () => 'Problème de transport', en: () => 'Transport problem' },
  { reason: 'family', fr: () => 'Raison familiale', en: () => 'Family reason' },
];

const WORDS = {
  fr: {
    office: 'Vie scolaire',
    primaryOffice: 'Direction',
    question: `Que s’est-il passé${NBSP}?`,
    send: 'Envoyer ma réponse',
    or: 'ou',
    unknown: 'Je ne savais pas',
    unknownSmall: 'La vie scolaire est alertée aussitôt.',
    call: `Une question${NBSP}?`,
    until: (day: string) => `Ce lien est personnel et reste valable jusqu’au ${day}.`,
    sent: 'Motif transmis',
    sentSmall: 'Merci, c’est transmis à la vie scolaire. Vous pouvez fermer cette page.',
    sentUnknown: 'Votre réponse est transmise',
    sentUnknownSmall: 'La vie scolaire est alertée et va vous joindre. Vous pouvez aussi l’appeler.',
    admissible: 'Seule la vie scolaire dit si le motif est recevable.',
    proof: 'Photo d’un justificatif',
    optional: '(facultatif)',
    proofHint: `Photo ou PDF, 10${NBSP}Mo au plus.`,
    upload: 'Envoyer le justificatif',
    proofSent: 'Justificatif transmis',
    proofMissing: 'Le justificatif n’est pas arrivé',
    proofMissingSmall: 'Votre réponse, elle, est bien transmise. Rien n’est perdu.',
    noReply: 'Veuillez ne pas tenir compte de notre message. Vous n’avez rien à faire.',
    expired: 'Ce lien a expiré',
    expiredSmall: 'Vous pouvez répondre depuis votre espace, ou joindre la vie scolaire.',
    closed: 'Ce lien n’est plus valable',
    closedSmall: 'Rien ne peut être envoyé depuis cette page. Pour toute question, joignez la vie scolaire.',
    unreadable: 'Ce lien n’a pas été reconnu',
    unreadableSmall: 'Il a peut-être été coupé en le recopiant. Ouvrez-le depuis le courriel reçu.',
  },
  en: {
    office: 'School life office',
    primaryOffice: 'Head’s office',
    question: 'What happened?',
    send: 'Send my answer',
    or: 'or',
    unknown: 'I did not know',
    unknownSmall: 'The school life office is alerted at once.',
    call: 'A question?',
    until: (day: string) => `This link is personal and can be used until ${day}.`,
    sent: 'Reason sent',
    sentSmall: 'Thank you, the school life office has it. You can close this page.',
    sentUnknown: 'Your answer is sent',
    sentUnknownSmall: 'The school life office is alerted and will contact you. You can also call them.',
    admissible: 'Only the school life office says whether the reason is admissible.',
    proof: 'Photo of a supporting document',
    optional: '(optional)',
    proofHint: 'Photo or PDF, 10 MB at most.',
    upload: 'Send the document',
    proofSent: 'Document sent',
    proofMissing: 'The document did not arrive',
    proofMissingSmall: 'Your answer is sent all the same. Nothing is lost.',
    noReply: 'Please disregard our message. There is nothing for you to do.',
    expired: 'This link has expired',
    expiredSmall: 'You can answer from your own space, or contact the school life office.',
    closed: 'This link is no longer valid',
    closedSmall: 'Nothing can be sent from this page. For any question, contact the school life office.',
    unreadable: 'This link was not recognised',
    unreadableSmall: 'It may have been cut when copied. Open it from the e-mail you received.',
  },
} as const;

interface Frame {
  readonly language: Language;
  readonly title: string;
  readonly main: string;
  readonly school: School | undefined;
  readonly status?: number;
  readonly footer?: string;
  readonly posts?: string;
}

const frame = ({ language, title, main, school, status = 200, footer = '', posts }: Frame): Reply<string> => {
  const words = WORDS[language];
  const phone = school?.schoolLifePhone;
  const call = phone
    ? `<p>${words.call} <a href="tel:${escapeHtml(phone.replace(/[^+\d]/g, ''))}">${escapeHtml(readablePhone(phone).replaceAll(' ', NBSP))}</a></p>`
    : '';
  const body = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)} — Préau</title><style>${STYLE}</style></head><body><div class="one"><header>${MARK}<span><b>${escapeHtml(school?.name ?? 'Préau')}</b><br><span class="soft">${school?.settings.kind === 'primary' ? words.primaryOffice : words.office}</span></span></header><main>${main}</main><footer>${call}${footer}</footer></div></body></html>`;
  return new Reply(body, { status, headers: { 'content-security-policy': policy(posts) } });
};

const notice = (title: string, small: string): string => `<h1>${escapeHtml(title)}</h1><p class="fact">${escapeHtml(small)}</p>`;

const actionOf = (token: string): string => `/api/public/attendance/answers/${encodeURIComponent(token)}`;

/** The one question, big answers, nothing preselected. */
export const askPage = (fact: Fact, school: School, token: string, expires: LocalDate): Reply<string> => {
  const { pupil, date, episode } = fact;
  const { language, sex } = pupil;
  const words = WORDS[language];
  const title = factOf(fact);
  const about = `<h1>${escapeHtml(title)}</h1><p class="fact">${escapeHtml(capital(longDay(date, language)))}${isHalfDay(episode.subject) ? '' : `, ${escapeHtml(subjectName(episode.subject))}`}.</p>`;
  if (isTakenBack(episode))
    return frame({ language, title, school, main: `<h1>${escapeHtml(title)}</h1><p class="fact">${words.noReply}</p>` });
  const choices = REASONS.map(
    ({ reason, [language]: label }) =>
      `<label class="choice">${icon(24, ICONS[reason])}${label(sex)}<input type="radio" name="reason" value="${reason}" required></label>`,
  ).join('');
  const action = escapeHtml(actionOf(token));
  const main = `${about}<form method="post" action="${action}"><fieldset><legend>${words.question}</legend>${choices}</fieldset><button class="primary">${words.send}</button></form><p class="or">${words.or}</p><form method="post" action="${action}"><button class="unknown" name="reason" value="unknown">${icon(24, ICONS.alert)}<span>${words.unknown}<small>${words.unknownSmall}</small></span></button></form>`;
  const until = longDay(expires, language, false);
  return frame({ language, title, school, main, footer: `<p>${escapeHtml(words.until(until))}</p>` });
};

interface Upload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

const sentBox = (title: string, small: string): string =>
  `<div class="sent" role="status">${icon(24, ICONS.sent)}<div><h1>${escapeHtml(title)}</h1><p>${escapeHtml(small)}</p></div></div>`;

/** « Motif transmis », and a proof for whoever has one at hand. */
export const sentPage = (language: Language, school: School, reason: AnswerReason, upload: Upload | undefined): Reply<string> => {
  const words = WORDS[language];
  if (reason === 'unknown')
    return frame({ language, title: words.sentUnknown, school, main: sentBox(words.sentUnknown, words.sentUnknownSmall) });
  const hidden = Object.entries(upload?.fields ?? {})
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  const proof = upload
    ? `<form class="proof" method="post" enctype="multipart/form-data" action="${escapeHtml(upload.url)}">${hidden}<div><label for="f">${words.proof} <span class="soft">${words.optional}</span></label><input id="f" type="file" name="file" accept="image/*,application/pdf" aria-describedby="h" required></div><p id="h" class="soft">${words.proofHint}</p><button class="primary">${words.upload}</button></form>`
    : '';
  return frame({
    language,
    title: words.sent,
    school,
    main: `${sentBox(words.sent, words.sentSmall)}${proof}`,
    footer: `<p>${words.admissible}</p>`,
    ...(upload && { posts: upload.url }),
  });
};

export const proofPage = (language: Language, school: School, arrived: boolean): Reply<string> => {
  const words = WORDS[language];
  return arrived
    ? frame({
        language,
        title: words.proofSent,
        school,
        main: sentBox(words.proofSent, words.sentSmall),
        footer: `<p>${words.admissible}</p>`,
      })
    : frame({ language, title: words.proofMissing, school, main: notice(words.proofMissing, words.proofMissingSmall) });
};

/** Expired, withdrawn or unreadable: in both languages when nothing is known of the reader. */
export const shutPage = (why: 'expired' | 'closed' | 'unreadable', language: Language | undefined, school?: School): Reply<string> => {
  const shown = language ? [language] : (['fr', 'en'] as const);
  const [first] = shown;
  const main = shown
    .map((one, index) =>
      index === 0
        ? notice(WORDS[one][why], WORDS[one][`${why}Small`])
        : `<p class="fact" lang="${one}">${escapeHtml(WORDS[one][why])}. ${escapeHtml(WORDS[one][`${why}Small`])}</p>`,
    )
    .join('');
  return frame({
    language: first ?? 'fr',
    title: WORDS[first ?? 'fr'][why],
    school,
    main,
    status: why === 'unreadable' ? 404 : 410,
  });
};
