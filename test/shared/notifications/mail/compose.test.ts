import { describe, expect, it } from 'vitest';
import { DeliveryKind } from '../../../../shared/notifications/delivery.ts';
import { MessageLanguage } from '../../../../shared/notifications/language.ts';
import { type About, compose, composePush, composeSms } from '../../../../shared/notifications/mail/compose.ts';
import { lengthOf } from '../../../../shared/notifications/mail/name.ts';

const about = (more: Partial<About> = {}): About => ({
  kind: 'absence',
  episode: { date: '2026-11-23', startMinute: 540, savedAt: '2026-11-23T08:07:00.000Z', subject: 'MATHEMATIQUES', seenBefore: false },
  school: {
    name: 'Collège des Tilleuls',
    timeZone: 'Europe/Paris',
    schoolLifeEmail: 'vie-scolaire@example.org',
    schoolLifePhone: '02 61 91 04 12',
    settings: { kind: 'secondary' },
  },
  pupil: { familyName: 'LEMOINE', givenName: 'Inès', sex: 'F' },
  to: { familyName: 'LEMOINE', givenName: 'Claire', civility: 'Mme', language: 'fr', self: false },
  today: '2026-11-23',
  link: 'https://preau.example/api/public/attendance/answers/abc.def',
  ...more,
});
const english = { ...about().to, language: 'en' } as const;
/** Non-breaking spaces shown as `~`, so that a test sees them. */
const seen = (text: string) => text.replaceAll('\u00A0', '~');
const fact = (mail: { html: string }) => seen(/<h1[^>]*>([^<]*)<\/h1>/.exec(mail.html)?.[1] ?? '');

describe('a message in another language', () => {
  const family = (language: MessageLanguage) => about({ to: { ...about().to, language } });

  it('is Arabic from right to left, in the page and in every sentence of the twin; a telephone number keeps its own way', () => {
    const mail = compose(family('ar'));
    expect(mail.html).toContain('<html lang="ar" dir="rtl">');
    expect(mail.html).toContain('text-align:right');
    expect(mail.html).toMatch(/<a class="link" href="tel:0261910412" dir="ltr"/);
    expect(mail.html).toContain('<span lang="fr" dir="ltr">Pour recevoir ces messages en français');
    expect(seen(mail.subject)).toBe('غياب Inès عن الدرس (الاثنين 9:00)');
    expect(fact(mail)).toBe('لم نرَ Inès في الدرس هذا الصباح على الساعة 9:00.');
    // A line is laid out by its first strong letter: it has to be of the language.
    for (const kind of DeliveryKind.options) expect(compose({ ...family('ar'), kind }).subject).toMatch(/^\p{Script=Arabic}/u);
  });

  it('is Portuguese, and agrees with the child', () => {
    const mail = compose(family('pt'));
    expect(mail.html).toContain('<html lang="pt" dir="ltr">');
    expect(seen(mail.subject)).toBe('Inès não está na aula (seg. 9h00)');
    expect(fact(mail)).toBe('Inès não foi vista na aula esta manhã às 9h00.');
  });

  it('is short as a text message, in the alphabet of telephones where the language has it', () => {
    expect(composeSms(family('fr'))).toBe("Collège des Tilleuls: Inès n'est pas en classe (lun. 9 h). Vie scolaire: 02 61 91 04 12");
    for (const language of MessageLanguage.options) {
      const text = composeSms(family(language));
      expect(text.length, text).toBeLessThanOrEqual(160);
      if (language !== 'ar') expect(text).toMatch(/^[ -Z_a-z£¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà]+$/);
    }
  });

  it('names nobody on a locked screen', () => {
    for (const language of MessageLanguage.options)
      for (const kind of DeliveryKind.options)
        expect(JSON.stringify(composePush({ ...family(language), kind }))).not.toMatch(/Inès|LEMOINE|Lemoine|Claire/);
  });
});

describe('the mail of an absence', () => {
  it('says who, when and what next, in French typography', () => {
    const mail = compose(about());
    expect(seen(mail.subject)).toBe('Inès n’est pas en classe (lun. 9~h)');
    expect(seen(mail.text)).toBe(
      [
        'Collège des Tilleuls · Vie scolaire\n',
        'Bonjour Mme~Lemoine,\n',
        'Inès n’a pas été vue en cours ce matin à 9~h.\n',
        'Lundi 23~novembre, mathematiques. Appel fait à 9~h~07.\n',
        'Répondre en un geste (Sans mot de passe. Vous pouvez aussi dire que vous ne saviez pas)~:\nhttps://preau.example/api/public/attendance/answers/abc.def\n',
        'Une question, une erreur~? La vie scolaire vous répond au 02~61~91~04~12 ou en répondant à ce message.\n',
        '--\nPourquoi ce message~? Vous êtes responsable d’Inès~: l’établissement doit vous prévenir de chaque absence.\nTo receive these messages in English, reply to this one.\n',
      ].join('\n'),
    );
    expect(mail).toMatchObject({ fromName: 'Collège des Tilleuls', replyTo: 'vie-scolaire@example.org' });
  });

  it('says the same in English', () => {
    const mail = compose(about({ to: english }));
    expect(seen(mail.subject)).toBe('Inès is not in class (Mon 9:00~am)');
    expect(fact(mail)).toBe('Inès was not seen in class this morning at 9:00~am.');
    expect(mail.html).toContain('<html lang="en" dir="ltr">');
  });

  it.each([
    ['F' as const, 'Inès n’a pas été vue en cours ce matin à 9~h.'],
    ['M' as const, 'Inès n’a pas été vu en cours ce matin à 9~h.'],
    [undefined, 'Nous n’avons pas vu Inès en cours ce matin à 9~h.'],
  ])('agrees with the child (%s), and turns the sentence when nobody knows', (sex, sentence) => {
    const { sex: _, ...pupil } = about().pupil;
    expect(fact(compose(about({ pupil: { ...pupil, ...(sex && { sex }) } })))).toBe(sentence);
  });

  it('says the day when it comes on another one', () => {
    expect(fact(compose(about({ today: '2026-11-24' })))).toBe('Inès n’a pas été vue en cours lundi 23~novembre à 9~h.');
    expect(fact(compose(about({ episode: { ...about().episode, startMinute: 845 } })))).toContain('cet après-midi à 14~h~05');
    expect(seen(compose(about({ episode: { ...about().episode, date: '2026-12-01' }, today: '2026-12-02' })).text)).toContain(
      'Mardi 1er~décembre',
    );
  });

  it('says when the roll call was made, by the school’s own clock, if it was that day', () => {
    const { school, episode } = about();
    expect(seen(compose(about({ school: { ...school, timeZone: 'Indian/Reunion' } })).text)).toContain('Appel fait à 12~h~07.');
    expect(compose(about({ episode: { ...episode, savedAt: '2026-11-24T08:07:00.000Z' } })).text).not.toContain('Appel fait');
    expect(seen(compose(about({ to: english })).text)).toContain('Roll call at 9:07~am.');
  });

  it('speaks to a pupil of age', () => {
    const mail = compose(about({ to: { familyName: 'LEMOINE', givenName: 'Inès', language: 'fr', self: true } }));
    expect(fact(mail)).toBe('Vous n’avez pas été vue en cours ce matin à 9~h.');
    expect(mail.text).toContain('Bonjour Inès,');
    expect(mail.text).not.toContain('responsable');
  });

  it('says « Mme » where the export says « MME »', () => {
    const mail = compose(about({ to: { ...about().to, civility: 'MME' } }));
    expect(seen(mail.text)).toContain('Bonjour Mme~Lemoine,');
  });

  it('shows a number as it is read aloud, and dials it as it can be from abroad', () => {
    const mail = compose(about({ school: { ...about().school, schoolLifePhone: '+33261910412' } }));
    expect(seen(mail.text)).toContain('02~61~91~04~12');
    expect(seen(mail.html)).toMatch(/href="tel:\+33261910412"[^>]*>02~61~91~04~12</);
  });

  it('offers the mailbox alone when the school gave no telephone', () => {
    const mail = compose(about({ school: { name: 'Collège des Tilleuls', timeZone: 'Europe/Paris', settings: { kind: 'secondary' } } }));
    expect(mail.text).toContain('Répondez à ce message');
    expect(mail.html).not.toContain('tel:');
    expect(mail).not.toHaveProperty('replyTo');
  });
});

describe('what follows', () => {
  it('says the hour of arrival, and asks for the reason', () => {
    const mail = compose(about({ kind: 'arrived', episode: { ...about().episode, seenMinute: 565 } }));
    expect(seen(mail.subject)).toBe('Inès est arrivée (lun. 9~h~25)');
    expect(fact(mail)).toBe('Inès est arrivée à 9~h~25.');
  });

  it('owns a mistake, and asks for nothing: no button', () => {
    const mail = compose(about({ kind: 'wrongly-marked' }));
    expect(seen(mail.subject)).toBe('Rectificatif~: Inès était en classe (lun. 9~h)');
    expect(fact(mail)).toBe('Rectificatif~: Inès était bien en cours à 9~h.');
    expect(mail.text).toContain('erreur de notre part');
    expect(mail.html).not.toContain('answers/');
  });
});

describe('a lesson that did not take place', () => {
  it('says so, not that the pupil was there, and asks for nothing', () => {
    const mail = compose(about({ kind: 'not-held' }));
    expect(seen(mail.subject)).toBe('Rectificatif~: Inès n’avait pas cours (lun. 9~h)');
    expect(fact(mail)).toBe('Rectificatif~: le cours de 9~h n’a pas eu lieu.');
    expect(mail.text).toContain('ne compte pas');
    expect(mail.text).not.toMatch(/en classe|était|erreur de notre part/);
    expect(mail.html).not.toContain('answers/');
    const later = compose(about({ kind: 'not-held', today: '2026-11-24' }));
    expect(fact(later)).toBe('Rectificatif~: le cours du lundi 23~novembre à 9~h n’a pas eu lieu.');
  });

  it('says so in English', () => {
    const mail = compose(about({ kind: 'not-held', to: { ...about().to, language: 'en' } }));
    expect(seen(mail.subject)).toBe('Correction: Inès had no lesson (Mon 9:00~am)');
    expect(mail.text).toContain('did not take place');
    expect(mail.text).not.toMatch(/in class/);
  });
});

describe('an absence from a half-day of an école', () => {
  const ecole = (more: Partial<About> = {}) =>
    about({
      episode: { ...about().episode, startMinute: 510, subject: 'Matin' },
      school: { ...about().school, name: 'École Prévert', settings: { kind: 'primary' } },
      ...more,
    });

  it('says « ce matin » where a lesson has its subject, and who answers at a school without a school life office', () => {
    const mail = compose(ecole());
    expect(seen(mail.subject)).toBe('Inès n’est pas en classe (lun. 8~h~30)');
    expect(fact(mail)).toBe('Inès n’a pas été vue en classe ce matin à 8~h~30.');
    expect(seen(mail.text)).toContain('Lundi 23~novembre. Appel fait à 9~h~07.');
    expect(mail.text).toContain('L’école vous répond au');
    expect(mail.text + mail.html).not.toMatch(/cours|, matin|vie scolaire/i);
    expect(composeSms(ecole())).toBe("École Prévert: Inès n'est pas en classe (lun. 8 h 30). Direction: 02 61 91 04 12");
  });

  it('is taken back in the same words', () => {
    expect(fact(compose(ecole({ kind: 'wrongly-marked' })))).toBe('Rectificatif~: Inès était bien en classe à 8~h~30.');
    const none = compose(ecole({ kind: 'not-held', today: '2026-11-24' }));
    expect(seen(none.subject)).toBe('Inès~: pas de classe (lun. 8~h~30)');
    expect(fact(none)).toBe('Rectificatif~: la classe du lundi 23~novembre à 8~h~30 n’a pas eu lieu.');
  });
});

describe('the letter itself', () => {
  const { html } = compose(about());

  it('has one button, no image, no script, nothing fetched', () => {
    expect(html.match(/<a href="https/g)).toHaveLength(1);
    expect(html).not.toMatch(/<(img|script|link|iframe|form)\b|url\(|@import/i);
  });

  it('is a table of 600 px at most, styled inline, ready for dark', () => {
    expect(html).toContain('max-width:600px');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('role="presentation"');
  });

  it('repeats the fact without the child’s name where a locked phone shows it', () => {
    const preheader = /display:none[^>]*>([^<]*)</.exec(html)?.[1];
    expect(preheader).toBe('Votre enfant n’a pas été vue en cours.');
    expect(preheader).not.toContain('Inès');
  });
});

describe('a name that means harm', () => {
  const hostile = [
    'Léa\r\nBcc: tous@example.org',
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    'Léa\u202Egro.live//:sptth',
    'Léa\u200B\u2066\u0000',
    '{{constructor}} \u0024{7*7} $& $1',
    'http://evil.example/x',
    'evil.example',
    '\uD800\uDFFF\uD83D',
    '=HYPERLINK("http://evil")',
    'Marie-Charlotte Élisabeth-Anne-Sophie Dupont de Nemours de la Rochefoucauld-Montbazon '.repeat(2),
    '',
  ];

  it.each(hostile)('%j stays one harmless line in every kind and language', (name) => {
    for (const kind of DeliveryKind.options)
      for (const language of MessageLanguage.options) {
        const mail = compose(
          about({
            kind,
            pupil: { familyName: name, givenName: name, sex: 'F' },
            to: { ...about().to, familyName: name, givenName: name, civility: name.slice(0, 10), language },
            school: { ...about().school, name: name || 'x' },
            episode: { ...about().episode, subject: name },
          }),
        );
        expect(lengthOf(mail.subject)).toBeLessThanOrEqual(50);
        for (const header of [mail.subject, mail.fromName])
          expect(header).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B\uD800-\uDFFF]/u);
        expect(mail.html).not.toMatch(/<(img|script)|onerror=alert\(1\)>/i);
        expect(mail.html + mail.text).not.toMatch(/\p{Cs}|\u202E|\u2066/u);
        const body = mail.text.replaceAll(about().link ?? '', '').replaceAll(mail.fromName, '');
        expect(body).not.toMatch(/https?:\/\//);
      }
  });

  it('cannot escape into an attribute or a subject’s template', () => {
    const mail = compose(about({ pupil: { familyName: 'X', givenName: "$& $' `", sex: 'F' } }));
    expect(mail.subject).not.toContain('{}');
    expect(mail.subject).not.toContain('$');
  });
});

describe('a subject', () => {
  it.each([
    ['Maximilien-Alexandre-Barthélemy de Saint-Exupéry', 'Maximilien n’est pas en classe (lun. 9~h)'],
    ['Wolfeschlegelsteinhausenbergerdorff', 'Wolfeschlegelstein… n’est pas en classe (lun. 9~h)'],
  ])('shortens %s', (givenName, shortened) => {
    const { subject } = compose(about({ pupil: { familyName: 'X', givenName, sex: 'M' } }));
    expect(lengthOf(subject)).toBeLessThanOrEqual(50);
    expect(seen(subject)).toBe(shortened);
  });

  it('takes a shorter sentence rather than half a name', () => {
    const { subject } = compose(
      about({
        kind: 'wrongly-marked',
        pupil: { familyName: 'X', givenName: 'Barthélemy', sex: 'M' },
        episode: { ...about().episode, startMinute: 610 },
      }),
    );
    expect(seen(subject)).toBe('Rectificatif~: Barthélemy en classe (lun. 10~h~10)');
  });
});
