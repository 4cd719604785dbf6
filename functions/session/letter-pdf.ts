import regularBase64 from '@fontsource/figtree/files/figtree-latin-400-normal.woff';
import boldBase64 from '@fontsource/figtree/files/figtree-latin-700-normal.woff';
import regularExtendedBase64 from '@fontsource/figtree/files/figtree-latin-ext-400-normal.woff';
import boldExtendedBase64 from '@fontsource/figtree/files/figtree-latin-ext-700-normal.woff';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';

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

const MM = 72 / 25.4;
const LEFT = 20 * MM;
const WIDTH = 170 * MM;
const INK = '#1f1a27';
const SOFT = '#5a5563';
const BRAND = '#5a2e88';

/** Characters of Figtree's Latin file (its unicode-range); the rest of Latin is in the extended one. */
const EXTENDED = /[^ -ÿ\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122]+/u;

type Weight = 'regular' | 'bold';

/** Letters of a batch, one page each: tagged, in French, embedded fonts only (PDF/UA asks for all three). */
export async function lettersPdf(letters: readonly Letter[], head: LetterHead): Promise<Uint8Array> {
  const font = (base64: string) => Buffer.from(base64, 'base64');
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: `Codes d’activation, ${head.school}`, Author: head.school },
    // A buffer as default font: PDFKit would otherwise read Helvetica's metrics from a file that is not bundled.
    font: font(regularBase64) as unknown as string,
  });
  doc.registerFont('regular', font(regularBase64)).registerFont('bold', font(boldBase64));
  doc.registerFont('regular-extended', font(regularExtendedBase64)).registerFont('bold-extended', font(boldExtendedBase64));
  const chunks: Uint8Array[] = [];
  const finished = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk)).on('error', reject);
    doc.on('end', () => resolve(Buffer.concat(chunks)));
  });
  for (const letter of letters) await page(doc, letter, head);
  doc.end();
  return finished;
}

async function page(doc: PDFKit.PDFDocument, letter: Letter, head: LetterHead): Promise<void> {
  doc.addPage();
  const section = doc.struct('Sect');
  doc.addStructure(section);

  /** One tagged block of text at a place; parts outside Latin-1 take the extended font. */
  const write = (
    tag: string,
    text: string,
    x: number,
    y: number,
    options: { size?: number; weight?: Weight; colour?: string; width?: number; spacing?: number; align?: 'center' } = {},
  ) => {
    const { size = 11.5, weight = 'regular', colour = INK, width = WIDTH, spacing = 0, align } = options;
    section.add(
      doc.struct(tag, {}, () => {
        const runs = text.split(new RegExp(`(${EXTENDED.source})`, 'u')).filter((run) => run !== '');
        doc.fillColor(colour).fontSize(size);
        runs.forEach((run, i) => {
          doc.font(EXTENDED.test(run) ? `${weight}-extended` : weight);
          const settings = { width, lineGap: 3, characterSpacing: spacing, continued: i < runs.length - 1, ...(align && { align }) };
          if (i === 0) doc.text(run, x, y, settings);
          else doc.text(run, settings);
        });
      }),
    );
    return doc.y;
  };
  const decorate = (draw: () => void) => {
    doc.markContent('Artifact', { type: 'Layout' });
    draw();
    doc.endMarkedContent();
  };

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
  section.add(
    doc.struct('Figure', { alt: `Code à viser : il ouvre la page d’activation de ${letter.login}.` }, () => {
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
    }),
  );
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
  decorate(() =>
    doc
      .lineWidth(0.5)
      .strokeColor('#827e8a')
      .moveTo(LEFT, y + 10)
      .lineTo(LEFT + WIDTH, y + 10)
      .stroke(),
  );
  write(
    'P',
    `Pas d’internet, une adresse à corriger, besoin d’aide dans une autre langue ? Passez au secrétariat${head.phone ? ` ou appelez le ${head.phone}` : ''}. L’établissement ne vous demandera jamais ce code par téléphone ni par message.`,
    LEFT,
    y + 18,
    { size: 10, colour: SOFT },
  );
  section.end();
}
