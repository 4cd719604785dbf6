import { imageSize } from 'image-size';

export type ProofType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic';

const IMAGES: Readonly<Record<string, ProofType>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heic',
};

/** A telephone’s largest photo is 200 megapixels; what claims more is made to hurt the reader. */
const MOST_PIXELS = 250_000_000;
const LONGEST_SIDE = 20_000;

const PDF_HEAD = '%PDF-';
const PDF_TAIL = '%%EOF';

/**
 * What the bytes are, whatever the sender called them; `undefined` for anything but a photo or a PDF that may be shown.
 * A PDF begins at its first byte (ISO 32000-2, 7.5.2) and ends with its mark: looser readers are how a page passes for one.
 */
export const proofType = (bytes: Uint8Array): ProofType | undefined => {
  const text = (from: number, until?: number) => Buffer.from(bytes.subarray(from, until)).toString('latin1');
  if (text(0, PDF_HEAD.length) === PDF_HEAD) return text(-1024).includes(PDF_TAIL) ? 'application/pdf' : undefined;
  try {
    const { type = '', width, height } = imageSize(bytes);
    const bounded = width > 0 && height > 0 && Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_PIXELS;
    return bounded && Object.hasOwn(IMAGES, type) ? IMAGES[type] : undefined;
  } catch {
    return undefined;
  }
};
