import regularBase64 from '@fontsource/figtree/files/figtree-latin-400-normal.woff';
import boldBase64 from '@fontsource/figtree/files/figtree-latin-700-normal.woff';
import regularExtendedBase64 from '@fontsource/figtree/files/figtree-latin-ext-400-normal.woff';
import boldExtendedBase64 from '@fontsource/figtree/files/figtree-latin-ext-700-normal.woff';
import PDFDocument from 'pdfkit';

export const MM = 72 / 25.4;
/** Left edge and width of what is written on a page. */
export const LEFT = 20 * MM;
export const WIDTH = 170 * MM;
export const INK = '#1f1a27';
export const SOFT = '#5a5563';
export const BRAND = '#5a2e88';
const RULE = '#827e8a';
/** Where a page is full. */
const BOTTOM = 277 * MM;

/** Characters of Figtree's Latin file (its unicode-range); the rest of Latin is in the extended one. */
const EXTENDED = /[^ -ÿ\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122]+/u;

interface Written {
  readonly size?: number;
  readonly weight?: 'regular' | 'bold';
  readonly colour?: string;
  readonly width?: number;
  readonly spacing?: number;
  readonly align?: 'center';
}

export interface Column {
  readonly head: string;
  readonly width: number;
}

/** One section of a paper: what is drawn on it is either tagged or an ornament. */
export interface Sheet {
  readonly doc: PDFKit.PDFDocument;
  /** One tagged block of text at a place; parts outside Latin-1 take the extended font. The y below it. */
  write(tag: string, text: string, x: number, y: number, options?: Written): number;
  /** An image in words. */
  figure(alt: string, draw: () => void): void;
  /** Says nothing to a reader. */
  decorate(draw: () => void): void;
  rule(y: number): void;
  /** A tagged table, over as many pages as it takes, its head repeated. The y below it. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[], y: number): number;
  /** The y to go on at: on a new page unless so much still fits. */
  room(y: number, height: number): number;
}

interface Holder {
  add(element: PDFKit.PDFStructureElement): unknown;
}

/** Parts outside Latin-1 take the extended font. */
function put(
  doc: PDFKit.PDFDocument,
  text: string,
  x: number,
  y: number,
  { size, weight, colour, width, spacing, align }: Required<Omit<Written, 'align'>> & Pick<Written, 'align'>,
): void {
  const runs = text.split(new RegExp(`(${EXTENDED.source})`, 'u')).filter((run) => run !== '');
  doc.fillColor(colour).fontSize(size);
  runs.forEach((run, i) => {
    doc.font(EXTENDED.test(run) ? `${weight}-extended` : weight);
    const settings = { width, lineGap: 3, characterSpacing: spacing, continued: i < runs.length - 1, ...(align && { align }) };
    if (i === 0) doc.text(run, x, y, settings);
    else doc.text(run, settings);
  });
}

function sheetOn(doc: PDFKit.PDFDocument, section: PDFKit.PDFStructureElement): Sheet {
  const writeIn = (
    holder: Holder,
    tag: string,
    text: string,
    x: number,
    y: number,
    { size = 11.5, weight = 'regular', colour = INK, width = WIDTH, spacing = 0, align }: Written = {},
  ): number => {
    holder.add(doc.struct(tag, {}, () => put(doc, text, x, y, { size, weight, colour, width, spacing, ...(align && { align }) })));
    return doc.y;
  };
  const decorate = (draw: () => void): void => {
    doc.markContent('Artifact', { type: 'Layout' });
    draw();
    doc.endMarkedContent();
  };
  const rule = (y: number): void =>
    decorate(() =>
      doc
        .lineWidth(0.5)
        .strokeColor(RULE)
        .moveTo(LEFT, y)
        .lineTo(LEFT + WIDTH, y)
        .stroke(),
    );
  const room = (y: number, height: number): number => {
    if (y + height <= BOTTOM) return y;
    doc.addPage();
    return 19 * MM;
  };
  return {
    doc,
    write: (tag, text, x, y, options) => writeIn(section, tag, text, x, y, options),
    figure: (alt, draw) => void section.add(doc.struct('Figure', { alt }, draw)),
    decorate,
    rule,
    room,
    table(columns, rows, top) {
      const table = doc.struct('Table');
      section.add(table);
      const line = (cells: readonly string[], y: number, head: boolean): number => {
        const row = doc.struct('TR');
        table.add(row);
        let x = LEFT;
        let bottom = y;
        columns.forEach(({ width }, index) => {
          const cell = cells[index] || '–';
          const below = writeIn(row, head ? 'TH' : 'TD', cell, x, y, {
            size: head ? 9.5 : 10,
            width: width - 2 * MM,
            ...(head && { weight: 'bold' as const, colour: SOFT }),
          });
          bottom = Math.max(bottom, below);
          x += width;
        });
        row.end();
        rule(bottom + 1);
        return bottom + 4;
      };
      const heads = columns.map(({ head }) => head);
      let y = line(heads, top, true);
      for (const cells of rows) {
        const tallest = Math.max(
          ...columns.map(({ width }, index) => doc.fontSize(10).heightOfString(cells[index] ?? '', { width: width - 2 * MM })),
        );
        const next = room(y, tallest + 10);
        y = line(cells, next === y ? y : line(heads, next, true), false);
      }
      table.end();
      return y;
    },
  };
}

/** A paper in French, A4: tagged, embedded fonts only, with a title of its own (PDF/UA asks for all three); `running` heads every page with its number, as an ornament. Each of `pages` begins a page and its section. */
export async function taggedPdf(
  { title, author, running }: { readonly title: string; readonly author: string; readonly running?: string },
  pages: readonly ((sheet: Sheet) => void)[],
): Promise<Uint8Array> {
  const font = (base64: string) => Buffer.from(base64, 'base64');
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Author: author },
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
  let count = 0;
  if (running !== undefined)
    doc.on('pageAdded', () => {
      doc.markContent('Artifact', { type: 'Pagination' });
      const words = `${running} · page\u00a0${++count}`;
      put(doc, words, LEFT, 9 * MM, { size: 9, weight: 'regular', colour: SOFT, width: WIDTH, spacing: 0 });
      doc.endMarkedContent();
    });
  for (const draw of pages) {
    doc.addPage();
    const section = doc.struct('Sect');
    doc.addStructure(section);
    draw(sheetOn(doc, section));
    section.end();
  }
  doc.end();
  return finished;
}
