import { Failure } from '../../../shared/kernel/index.ts';

/** Encodings that school exports declare, by the name the decoder knows. ISO-8859-1 is read as windows-1252, which only adds to it. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-15': 'iso-8859-15',
  'latin-9': 'iso-8859-15',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

const LONGEST_DECLARATION = 1024;
const declared = /^[^<]*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;

/** What a decoder needs to know of a file: enough bytes to hold the XML declaration, or all of it. */
export const enoughToDecode = (head: Uint8Array): boolean => head.length >= LONGEST_DECLARATION || head.includes(0x3e);

/** Bytes to text, piece by piece. Throws on a byte that does not belong to the encoding; without bytes, on a character left unfinished. */
export interface Decoder {
  readonly encoding: string;
  decode(bytes: Uint8Array | undefined): string;
}

/** The eight places in which ISO-8859-15 is not ISO-8859-1. */
const LATIN9: Readonly<Record<string, string>> = {
  '\u00a4': '€',
  '\u00a6': 'Š',
  '\u00a8': 'š',
  '\u00b4': 'Ž',
  '\u00b8': 'ž',
  '\u00bc': 'Œ',
  '\u00bd': 'œ',
  '\u00be': 'Ÿ',
};

const asLatin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** Node decodes ISO-8859-15 into strings of twice the size and buffers of thrice; almost every byte of it is ISO-8859-1. */
const latin9: Decoder = {
  encoding: 'iso-8859-15',
  decode: (bytes) =>
    bytes === undefined
      ? ''
      : asLatin1(bytes).replace(/[\u00a4\u00a6\u00a8\u00b4\u00b8\u00bc-\u00be]/g, (character) => LATIN9[character] ?? character),
};

function make(encoding: string): Decoder {
  if (encoding === 'iso-8859-15') return latin9;
  const decoder = new TextDecoder(encoding, { fatal: true });
  return { encoding, decode: (bytes) => decoder.decode(bytes, { stream: bytes !== undefined }) };
}

/**
 * The decoder of a file from its first bytes: byte order mark, then null bytes of a UTF-16 without mark, then the XML declaration, then UTF-8.
 * It is fatal: a byte that does not belong to the encoding throws, instead of a name with a replacement character in the directory.
 */
export function decoderOf(head: Uint8Array, file: string): Decoder {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return make('utf-8');
  if (a === 0xff && b === 0xfe) return make('utf-16le');
  if (a === 0xfe && b === 0xff) return make('utf-16be');
  if (a === 0x3c && b === 0) return make('utf-16le');
  if (a === 0 && b === 0x3c) return make('utf-16be');
  const encoding = declared.exec(asLatin1(head.subarray(0, LONGEST_DECLARATION)))?.[1];
  if (encoding === undefined) return make('utf-8');
  const known = ENCODINGS[encoding.toLowerCase()];
  // A declaration that could be read byte by byte cannot stand in UTF-16.
  if (known === undefined || known.startsWith('utf-16'))
    throw new Failure('refused', 'directory.file-encoding-unknown', { file, encoding });
  return make(known);
}
