import QRCode from 'qrcode';
import { BRAND, LEFT, MM, type Sheet, SOFT, taggedPdf, WIDTH } from '../runtime/tagged-pdf.ts';

export interface Letter {
  /** `Mme Claire LEMOINE` */
  readonly recipient: string;
  readonly title: string;
  readonly opening: string;
  readonly login: string;
  /** Eight characters. */
  readonly code: string;
  readonly validUntil: string;
  /** What the QR code opens: the activation page, login and code filled in. */
  readonly link: string;
  readonly doorName: string;
}

export interface LetterHead {
  readonly school: string;
  readonly place: string;
  readonly phone: string;
  readonly date: string;
  /** Host of the site, as one types it. */
  readonly host: string;
}

/** Letters of a batch, one page each. */
export const lettersPdf = (letters: readonly Letter[], head: LetterHead): Promise<Uint8Array> =>
  taggedPdf(
    { title: `Codes d’activation, ${head.school}`, author: head.school },
    letters.map((letter) => (sheet) => page(sheet, letter, head)),
  );

function page({ doc, write, figure, decorate, rule }: Sheet, letter: Letter, head: LetterHead): void {
  write('P', head.school, LEFT, 19 * MM, { weight: 'bold' });
  write('P', [head.place, head.phone && `Vie scolaire : ${head.phone}`].filter(Boolean).join(' · '), LEFT, 25 * MM, {
    size: 10.5,
    colour: SOFT,
  });
  // Where a window envelope shows it.
  write('P', letter.recipient, 110 * MM, 50 * MM, { width: 80 * MM });
  write('P', head.date, LEFT, 88 * MM, { size: 10.5 });
  let y = write('H1', letter.title, LEFT, 100 * MM, { size: 19, weight: 'bold' });
  y = write('P', 'Bonjour,', LEFT, y + 8);
  y = write('P', letter.opening, LEFT, y + 5);

  const top = y + 14;
  const height = 62 * MM;
  decorate(() => doc.lineWidth(1).strokeColor(BRAND).roundedRect(LEFT, top, WIDTH, height, 12).stroke());
  const inside = LEFT + 8 * MM;
  write('P', 'Votre identifiant', inside, top + 14 * MM, { size: 10, colour: SOFT, width: 90 * MM });
  write('P', letter.login, inside, top + 19 * MM, { size: 15, weight: 'bold', width: 100 * MM });
  write('P', `Votre code, valable jusqu’au ${letter.validUntil}`, inside, top + 29 * MM, { size: 10, colour: SOFT, width: 95 * MM });
  write('P', `${letter.code.slice(0, 4)} ${letter.code.slice(4)}`.toUpperCase(), inside, top + 34 * MM, {
    size: 25,
    weight: 'bold',
    spacing: 2,
    width: 100 * MM,
  });

  const { modules } = QRCode.create(letter.link, { errorCorrectionLevel: 'M' });
  const side = 42 * MM;
  const cell = side / modules.size;
  const [qrX, qrY] = [LEFT + WIDTH - side - 8 * MM, top + 5 * MM];
  figure(`Code à viser : il ouvre la page d’activation de ${letter.login}.`, () => {
    doc.fillColor('#000000');
    for (let row = 0; row < modules.size; row++)
      // A run of dark modules is one rectangle: a third of the drawing, and no hairlines between them.
      for (let column = 0, start = -1; column <= modules.size; column++) {
        const dark = column < modules.size && modules.get(row, column) === 1;
        if (dark && start < 0) start = column;
        if (!dark && start >= 0) {
          doc.rect(qrX + start * cell, qrY + row * cell, (column - start) * cell, cell + 0.05);
          start = -1;
        }
      }
    doc.fill();
  });
  write('P', 'À viser avec l’appareil photo de votre téléphone', qrX - 5 * MM, top + 50 * MM, {
    size: 9,
    colour: SOFT,
    width: side + 10 * MM,
    align: 'center',
  });

  y = write('P', 'Avec un téléphone : visez le code carré, puis choisissez votre mot de passe. C’est tout.', LEFT, top + height + 14);
  y = write('H2', 'Avec un ordinateur :', LEFT, y + 8, { weight: 'bold' });
  const steps = [
    `Ouvrez ${head.host} et choisissez la porte « ${letter.doorName} ».`,
    'Cliquez sur « J’ai reçu un code d’activation ».',
    'Recopiez votre identifiant et votre code, puis choisissez votre mot de passe.',
  ];
  steps.forEach((step, i) => {
    y = write('P', `${i + 1}.  ${step}`, LEFT, y + 5);
  });
  y = write('P', 'Cette lettre est pour vous seul : chaque personne reçoit la sienne.', LEFT, y + 9);
  rule(y + 10);
  write(
    'P',
    `Pas d’internet, une adresse à corriger, besoin d’aide dans une autre langue ? Passez au secrétariat${head.phone ? ` ou appelez le ${head.phone}` : ''}. L’établissement ne vous demandera jamais ce code par téléphone ni par message.`,
    LEFT,
    y + 18,
    { size: 10, colour: SOFT },
  );
}
