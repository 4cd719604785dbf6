import { createHash } from 'node:crypto';
import { Reply } from '../../shared/kernel/index.ts';
import { dirOf, type MessageLanguage } from '../../shared/notifications/language.ts';
import { DIGEST_WORDS } from '../../shared/notifications/mail/digest-words.ts';
import { html } from '../../shared/notifications/mail/markup.ts';

const STYLE = `:root{color-scheme:light dark;--text:#1f1a27;--soft:#5a5563;--surface:#fff;--brand:#5a2e88;--on:#fff;--focus:#5a2e88}
@media(prefers-color-scheme:dark){:root{--text:#f2f0ea;--soft:#b4b0be;--surface:#1f1b26;--brand:#cbadf6;--on:#1e102e;--focus:#cbdb7e}}
body{margin:0;background:var(--surface);color:var(--text);font:1.0625rem/1.4 Figtree,system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:32rem;margin:0 auto;padding:16px}
h1{font-size:1.4375rem;line-height:1.18;margin:16px 0 0}
p{color:var(--soft);margin:6px 0 20px}
button{font:inherit;font-weight:600;border:0;border-radius:10px;min-height:3.25rem;padding:8px 16px;width:100%;cursor:pointer;background:var(--brand);color:var(--on)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Without sign-in or script, and without a word about anybody. */
export const stopPage = (what: 'ask' | 'done' | 'unknown', language: MessageLanguage): Reply<string> => {
  const words = DIGEST_WORDS[language].page;
  const form =
    what === 'ask'
      ? html`<form method="post"><button name="List-Unsubscribe" value="One-Click">${words.button}</button></form>`
      : undefined;
  const body = `<!doctype html><html lang="${language}" dir="${dirOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${html`${words[what]}`.text} — Préau</title><style>${STYLE}</style></head><body><main>${html`<h1>${words[what]}</h1><p role="status">${words[`${what}Small`]}</p>${form}`.text}</main></body></html>`;
  return new Reply(body, { status: what === 'unknown' ? 404 : 200, headers: { 'content-security-policy': POLICY } });
};
