import { readablePhone } from '../../kernel/readable-phone.ts';
import { dirOf, type MessageLanguage } from '../language.ts';
import { html } from './markup.ts';
import type { Words } from './said.ts';

export interface Page {
  readonly language: MessageLanguage;
  readonly school: string;
  readonly office: string;
  readonly subject: string;
  readonly preheader: string;
  readonly hello: string;
  readonly fact: string;
  readonly detail: string;
  /** Several things, each under whom it concerns. */
  readonly groups?: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly link?: string | undefined;
  readonly button: string;
  readonly hint: string;
  readonly human: { readonly before: string; readonly after: string };
  readonly phone?: string | undefined;
  readonly why: string;
  /** How to receive no more of these, where one may. */
  readonly stop?: { readonly words: string; readonly link: string };
  readonly otherLanguage: Words['otherLanguage'];
}

// Markup, so that they are not escaped again in every mail.
const FONT = html`font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;
const INK = html`#1C1528`;
const MUTED = html`#55505F`;
const LINE = html`#DEDCE2`;
const ACCENT = html`#5B2C83`;
const PAPER = html`#F7F6F3`;

const dial = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

/**
 * One table, 600 px at most, styles inline, no image, no web font: reads the same with everything switched off. The dark block only improves
 * what programs that ignore it show well enough; colours are solid because some of them invert.
 */
export const toHtml = (page: Page): string =>
  html`<!doctype html>
<html lang="${page.language}" dir="${dirOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${page.subject}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .paper { background: #17131F !important; }
  .card { background: #221C2D !important; border-color: #443C52 !important; }
  .ink { color: #F3F0F7 !important; }
  .muted { color: #BDB5C8 !important; }
  .link { color: #D3B5F2 !important; }
  .rule { border-color: #443C52 !important; }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:${PAPER}">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${page.preheader}</div>
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${PAPER}">
<tr><td align="center" style="padding:12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:${dirOf(page.language) === 'rtl' ? 'right' : 'left'}">
<tr><td class="ink" style="padding:12px 16px;${FONT};font-size:17px;line-height:25px;color:${INK}"><strong>${page.school}</strong><span class="muted" style="color:${MUTED}"> · ${page.office}</span></td></tr>
<tr><td class="card" style="padding:24px;background:#FFFFFF;border:1px solid ${LINE};border-radius:14px">
<p class="ink" style="margin:0 0 16px;${FONT};font-size:17px;line-height:25px;color:${INK}">${page.hello}</p>
<h1 class="ink" style="margin:0 0 12px;${FONT};font-size:22px;line-height:28px;font-weight:700;color:${INK}">${page.fact}</h1>
${page.detail === '' ? undefined : html`<p class="muted" style="margin:0;${FONT};font-size:17px;line-height:25px;color:${MUTED}">${page.detail}</p>`}
${(page.groups ?? []).map(
  ({
    title,
    lines,
  }) => html`<p class="ink" style="margin:16px 0 4px;${FONT};font-size:17px;line-height:25px;color:${INK}"><strong>${title}</strong></p>
${lines.map((line) => html`<p class="muted" style="margin:0 0 4px;${FONT};font-size:17px;line-height:25px;color:${MUTED}">${line}</p>`)}`,
)}
${
  page.link === undefined
    ? undefined
    : html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 12px"><tr><td align="center" height="52" style="height:52px;background:${ACCENT};border-radius:10px"><a href="${page.link}" style="display:block;padding:13px 16px;${FONT};font-size:17px;line-height:26px;font-weight:600;color:#FFFFFF;text-decoration:none">${page.button}</a></td></tr></table>
<p class="muted" style="margin:0;${FONT};font-size:15px;line-height:22px;text-align:center;color:${MUTED}">${page.hint}</p>`
}
</td></tr>
<tr><td class="ink" style="padding:20px 16px;${FONT};font-size:17px;line-height:25px;color:${INK}">${page.human.before}${
    page.phone === undefined
      ? undefined
      : html`<a class="link" href="${dial(page.phone)}" dir="ltr" style="color:${ACCENT}">${readablePhone(page.phone)}</a>`
  }${page.human.after}</td></tr>
<tr><td class="muted rule" style="padding:16px;border-top:1px solid ${LINE};${FONT};font-size:15px;line-height:22px;color:${MUTED}">${page.why}${
    page.stop === undefined ? undefined : html`<br><a class="link" href="${page.stop.link}" style="color:${ACCENT}">${page.stop.words}</a>`
  }<br><span lang="${page.otherLanguage.language}" dir="ltr">${page.otherLanguage.words}</span></td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`.text;

/** The same letter for those who read text: written, not stripped. */
export const toText = (page: Page): string =>
  [
    `${page.school} · ${page.office}`,
    page.hello,
    page.fact,
    ...(page.detail === '' ? [] : [page.detail]),
    ...(page.groups ?? []).map(({ title, lines }) => [title, ...lines.map((line) => `- ${line}`)].join('\n')),
    ...(page.link === undefined ? [] : [`${page.button} (${page.hint.replace(/\.$/, '')})\u00A0:\n${page.link}`]),
    `${page.human.before}${page.phone === undefined ? '' : readablePhone(page.phone)}${page.human.after}`,
    `--\n${page.why}${page.stop === undefined ? '' : `\n${page.stop.words}\u00A0:\n${page.stop.link}`}\n${page.otherLanguage.words}`,
  ]
    .map((paragraph) => `${paragraph}\n`)
    .join('\n');
