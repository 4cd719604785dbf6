import { describe, expect, it } from 'vitest';
import { proofType } from '../../../functions/attendance/proof-type.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

/** A PNG’s signature and header: all that its size is read from. */
export const png = (width: number, height: number): Uint8Array => {
  const header = Buffer.alloc(33);
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  header.write('IHDR', 12, 'latin1');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.set([8, 2], 24);
  return new Uint8Array(header);
};
const jpeg = new Uint8Array([
  ...[0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
  ...[0xff, 0xc0, 0, 17, 8, 0, 40, 0, 30, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9],
]);

describe('what a proof really is', () => {
  it('is a PDF that begins and ends as one', () => {
    expect(proofType(bytes('%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n'))).toBe('application/pdf');
    expect(proofType(bytes('%PDF-1.7\n<html><script>alert(1)</script></html>'))).toBeUndefined();
    expect(proofType(bytes('<html>%PDF-1.7 %%EOF'))).toBeUndefined();
  });

  it('is a photo of a possible size', () => {
    expect(proofType(png(3000, 4000))).toBe('image/png');
    expect(proofType(jpeg)).toBe('image/jpeg');
    expect(proofType(png(60_000, 60_000))).toBeUndefined();
    expect(proofType(png(0, 10))).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a drawing that may hold a script', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script/></svg>'],
    ['a moving picture', 'GIF89a\x0a\x00\x0a\x00\x00\x00\x00'],
    ['a program', 'MZ\x90\x00'],
    ['a zip', 'PK\x03\x04'],
  ])('is not %s', (_, text) => {
    expect(proofType(bytes(text))).toBeUndefined();
  });
});
