import type { SentMail } from './inbox.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);

const when = (at: string): string =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Europe/Paris' }).format(new Date(at));

const STYLE = `
  :root { color-scheme: light dark; --canvas: light-dark(#f7f6f2, #141119); --surface: light-dark(#fff, #1f1b26);
    --line: light-dark(#dfded8, #36323e); --text: light-dark(#1f1a27, #f2f0ea); --soft: light-dark(#5a5563, #b4b0be);
    --brand: light-dark(#5a2e88, #cbadf6); }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; background: var(--canvas); color: var(--text);
    font: 1.0625rem/1.45 Figtree, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
  h1 { margin: 0 0 .25rem; font-size: 1.5625rem; line-height: 1.2; overflow-wrap: anywhere; }
  p { margin: 0 0 1rem; color: var(--soft); }
  a { color: var(--brand); }
  :focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; border-radius: .25rem; }
  form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-block: 1rem; }
  input, button { min-height: 2.75rem; padding: 0 .75rem; border: 1px solid light-dark(#827e8a, #837c90); border-radius: .625rem;
    background: var(--surface); color: inherit; font: inherit; }
  input { flex: 1 1 14rem; min-width: 0; }
  ol { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 1rem; background: var(--surface); overflow: hidden; }
  li + li { border-top: 1px solid var(--line); }
  li a { display: grid; grid-template-columns: 1fr auto; gap: .125rem 1rem; padding: .75rem 1rem; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
  li a:hover strong { text-decoration: underline; }
  li span, time, dt { color: var(--soft); font-size: .9375rem; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 1rem 0; }
  dd { margin: 0; overflow-wrap: anywhere; }
  iframe { width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: 1rem; background: #fff; }
  pre { padding: 1rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--surface); white-space: pre-wrap; overflow-wrap: anywhere; }
  @media (max-width: 30rem) { li a { grid-template-columns: 1fr; } }
`;

const page = (title: string, body: string, head = ''): string => `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>${head}
<body>
${body}
</body>
</html>
`;

/** Looks again every two seconds and redraws only when something came, so that reading is not disturbed. */
const WATCH = `
<script type="module">
  const count = async () => (await (await fetch('/api/messages' + location.search)).json()).length;
  let seen = Number(document.querySelector('[data-count]').dataset.count);
  setInterval(async () => {
    try { const now = await count(); if (now !== seen && document.activeElement?.tagName !== 'INPUT') location.reload(); } catch {}
  }, 2000);
</script>`;

export function listPage(mails: readonly SentMail[], to: string): string {
  const rows = mails.map(
    ({ id, at, from, to: recipients, subject }) =>
      `<li><a href="/mails/${encodeURIComponent(id)}"><strong>${escaped(subject || '(sans objet)')}</strong><time datetime="${at}">${when(at)}</time><span>${from === 'SMS' ? 'SMS ' : ''}à ${escaped(recipients.join(', '))}</span></a></li>`,
  );
  const count = `${mails.length} ${mails.length > 1 ? 'messages envoyés' : 'message envoyé'}`;
  const body = `<main data-count="${mails.length}">
<h1>Boîte de réception locale</h1>
<p>Tout ce que Préau envoie depuis cette machine arrive ici, et nulle part ailleurs. ${count}.</p>
<form method="get"><label for="to">Destinataire</label><input id="to" name="to" value="${escaped(to)}" autocomplete="off"><button>Filtrer</button></form>
${rows.length > 0 ? `<ol>${rows.join('\n')}</ol>` : '<p>Aucun message n’a été envoyé.</p>'}
</main>`;
  return page(`${count} · Préau, boîte locale`, body, WATCH);
}

export function mailPage({ id, at, from, to, subject, text, html, headers }: SentMail): string {
  const facts = [
    ['De', headers.from ?? from],
    ['À', to.join(', ')],
    ...(headers['reply-to'] ? [['Répondre à', headers['reply-to']]] : []),
    ['Envoyé', when(at)],
  ] as const;
  const path = `/mails/${encodeURIComponent(id)}`;
  const body = `<main>
<nav><a href="/">← Tous les messages</a></nav>
<h1>${escaped(subject || '(sans objet)')}</h1>
<dl>${facts.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>
${html === undefined ? '' : `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="${path}/html" title="Le message"></iframe>`}
<h2>Texte</h2>
<pre>${escaped(text)}</pre>
${from === 'SMS' ? '' : `<p><a href="${path}/raw">Message brut</a></p>`}
</main>`;
  return page(`${subject} · Préau, boîte locale`, body);
}
