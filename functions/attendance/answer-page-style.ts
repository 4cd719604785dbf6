import { createHash } from 'node:crypto';

/** The tokens a page without script needs, in both themes; system fonts, so that it reads well at once. */
export const STYLE = `:root{color-scheme:light dark;--text:#1f1a27;--soft:#5a5563;--surface:#fff;--line:#dfded8;--edge:#827e8a;--brand:#5a2e88;--on:#fff;--tint:#f1ebfb;--ink:#582c86;--late:#855204;--ok:#1b6641;--ok-tint:#e1f7e8;--logo:#5a2e88;--focus:#5a2e88}
@media(prefers-color-scheme:dark){:root{--text:#f2f0ea;--soft:#b4b0be;--surface:#1f1b26;--line:#36323e;--edge:#837c90;--brand:#cbadf6;--on:#1e102e;--tint:#3a2a4e;--ink:#d3baf8;--late:#efc379;--ok:#8cd8aa;--ok-tint:#1b3324;--focus:#cbdb7e}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--text);font:1.0625rem/1.4 Figtree,system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:break-word}
.one{max-width:32rem;margin:0 auto;padding:8px 16px 24px}
header{display:flex;align-items:center;gap:10px;padding-bottom:10px;font-size:.9375rem;line-height:1.25}
header svg{flex:none}
h1{font-size:1.4375rem;line-height:1.18;margin:0}
p{margin:0}
.soft,footer{color:var(--soft)}
.fact{color:var(--soft);margin-top:6px}
form{display:grid;gap:10px;margin-top:12px}
fieldset{border:0;margin:0;padding:0;min-width:0}
legend{font-weight:700;padding:0;margin-bottom:6px}
.choice{position:relative;display:flex;align-items:center;gap:12px;min-height:3.375rem;padding:8px 16px;border:1px solid var(--edge);border-radius:10px;font-size:1.125rem;font-weight:600;line-height:1.15;cursor:pointer}
.choice+.choice{margin-top:7px}
.choice svg{flex:none;color:var(--ink)}
.choice input{margin:0 0 0 auto;width:1.375rem;height:1.375rem;flex:none;accent-color:var(--brand)}
.choice:has(:checked){border-color:var(--brand);box-shadow:inset 0 0 0 1.5px var(--brand);background:var(--tint)}
:focus-visible,.choice:has(:focus-visible){outline:3px solid var(--focus);outline-offset:2px}
.choice input:focus-visible{outline:0}
button{font:inherit;border-radius:10px;min-height:3.25rem;padding:8px 16px;width:100%;cursor:pointer}
.primary{background:var(--brand);color:var(--on);border:0;font-weight:600;font-size:1.0625rem}
.unknown{display:flex;align-items:center;gap:12px;text-align:start;background:var(--surface);color:var(--text);border:1px solid var(--late);font-weight:600;line-height:1.2}
.unknown svg{flex:none;color:var(--late)}
.unknown small{display:block;font-weight:400;font-size:.9375rem;color:var(--soft);margin-top:2px}
.or{display:flex;align-items:center;gap:12px;color:var(--soft);font-size:.9375rem;margin-top:10px}
.or::before,.or::after{content:'';flex:1;border-top:1px solid var(--line)}
.proof{border:1px dashed var(--edge);border-radius:10px;padding:12px;margin-top:16px}
.proof label{display:block;font-weight:600}
.proof label span{font-weight:400}
.proof input[type=file]{font:inherit;font-size:.9375rem;color:var(--soft);width:100%;min-width:0;margin-top:8px}
.proof input::file-selector-button{font:inherit;font-weight:600;color:var(--ink);background:var(--tint);border:0;border-radius:6px;min-height:2.75rem;padding:0 12px;margin-inline-end:10px}
.sent{display:flex;gap:12px;align-items:flex-start;background:var(--ok-tint);border-radius:10px;padding:12px 16px}
.sent svg{flex:none;color:var(--ok);margin-top:2px}
footer{margin-top:20px;font-size:.9375rem;display:grid;gap:6px}
a{color:var(--ink);font-weight:600;padding:3px 0;text-underline-offset:3px}
`;

/** The page’s one style, by its hash: nothing else is let in. `posts` is where its form may go beside this site. */
export const policy = (posts?: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    `form-action 'self'${posts ? ` ${new URL(posts).origin}` : ''}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
