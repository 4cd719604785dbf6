interface Facts {
  readonly code: string;
  readonly minutes: number;
  readonly school: string;
  readonly link: string;
  readonly language: 'fr' | 'en';
}

const WORDS = {
  fr: ({ minutes, school }: Facts) => ({
    subject: 'Votre code pour un nouveau mot de passe',
    fact: `Voici votre code. Il est valable ${minutes}\u00A0minutes.`,
    button: 'Choisir un mot de passe',
    otherwise: 'Vous n’avez rien demandé\u00A0? Ne faites rien\u00A0: votre mot de passe reste le même.',
    why: `Vous recevez ce message parce que quelqu’un a demandé un nouveau mot de passe pour votre compte${school ? ` (${school})` : ''}. Personne ne vous demandera ce code par téléphone.`,
  }),
  en: ({ minutes, school }: Facts) => ({
    subject: 'Your code for a new password',
    fact: `Here is your code. It is good for ${minutes} minutes.`,
    button: 'Choose a password',
    otherwise: 'You asked for nothing? Then do nothing: your password stays the same.',
    why: `You receive this message because someone asked for a new password for your account${school ? ` (${school})` : ''}. Nobody will ever ask you for this code by telephone.`,
  }),
} as const;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** The mail with a reset code: one fact, one button, why I receive this, and its written twin. */
export function resetMail(facts: Facts): { subject: string; text: string; html: string } {
  const words = WORDS[facts.language](facts);
  const code = `${facts.code.slice(0, 4)} ${facts.code.slice(4)}`.toUpperCase();
  const font = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
  return {
    subject: words.subject,
    text: [words.fact, '', code, '', `${words.button} : ${facts.link}`, '', words.otherwise, '', words.why, ''].join('\n'),
    html: `<!doctype html><html lang="${facts.language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(words.subject)}</title></head>
<body style="margin:0;background:#f7f6f2;${font}"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:12px">
<table role="presentation" width="600" style="max-width:600px;width:100%;background:#ffffff;border:1px solid #dfded8" cellpadding="0" cellspacing="0">
<tr><td style="padding:24px;color:#1f1a27;font-size:17px;line-height:25px">
<p style="margin:0 0 16px">${escaped(words.fact)}</p>
<p style="margin:0 0 20px;font-size:28px;line-height:36px;font-weight:700;letter-spacing:3px">${escaped(code)}</p>
<p style="margin:0 0 20px"><a href="${escaped(facts.link)}" style="display:block;background:#5a2e88;color:#ffffff;text-decoration:none;text-align:center;padding:14px;font-weight:600">${escaped(words.button)}</a></p>
<p style="margin:0 0 16px">${escaped(words.otherwise)}</p>
<p style="margin:0;color:#5a5563;font-size:14px;line-height:20px">${escaped(words.why)}</p>
</td></tr></table></td></tr></table></body></html>`,
  };
}
