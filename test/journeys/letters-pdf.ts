import { inflateSync } from 'node:zlib';
import QRCode from 'qrcode';

type Square = readonly (readonly boolean[])[];

/** Streams of drawings, in order of the pages that have them. */
function drawings(pdf: Buffer): string[] {
  const found: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.subarray(at - 3, at).toString('latin1') === 'end') continue;
    const end = pdf.indexOf('\nendstream', at);
    try {
      found.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'));
    } catch {
      // A font, or what is not packed.
    }
  }
  return found.filter((drawing) => /\bre\n/.test(drawing));
}

/** The square of a page as a camera would see it: which cells are dark. */
function squareOf(drawing: string, size: number): Square {
  const rectangles = [...drawing.matchAll(/(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re\n/g)].map((one) => one.slice(1).map(Number));
  const left = Math.min(...rectangles.map(([x = 0]) => x));
  const top = Math.min(...rectangles.map(([, y = 0]) => y));
  const right = Math.max(...rectangles.map(([x = 0, , width = 0]) => x + width));
  const cell = (right - left) / size;
  const dark = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [x = 0, y = 0, width = 0] of rectangles)
    for (let column = Math.round((x - left) / cell), n = Math.round(width / cell); n > 0; n--, column++) {
      const row = dark[Math.round((y - top) / cell)];
      if (row) row[column] = true;
    }
  return dark;
}

/** Whether the square drawn on a page stands for this address. */
const standsFor = (drawing: string, address: string): boolean => {
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
  return squareOf(drawing, modules.size).every((row, y) => row.every((dark, x) => dark === (modules.get(y, x) === 1)));
};

/** What a file of letters is, to whoever prints it and to a screen reader. */
export function readLettersPdf(bytes: Uint8Array) {
  const pdf = Buffer.from(bytes);
  const text = pdf.toString('latin1');
  const pages = drawings(pdf);
  return {
    pages: text.match(/\/Type \/Page\b/g)?.length ?? 0,
    tagged: /\/MarkInfo\s+(?:<<[^>]*\/Marked true|\d+ 0 R)/.test(text) && text.includes('/StructTreeRoot'),
    language: /\/Lang \((.*?)\)/.exec(text)?.[1],
    /** Addresses that no page leads to. */
    missing: (addresses: readonly string[]) => addresses.filter((address) => !pages.some((page) => standsFor(page, address))),
  };
}
