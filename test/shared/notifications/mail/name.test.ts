import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asAddressed, asSubject, lengthOf, oneLine, plainName, shortName } from '../../../../shared/notifications/mail/name.ts';

describe('a name', () => {
  it.each([
    ['Anaïs', 'Anaïs'],
    ['Jean-Baptiste d’Ormesson', 'Jean-Baptiste d’Ormesson'],
    ["N'Guyen", "N'Guyen"],
    ['Łukasz Żółć', 'Łukasz Żółć'],
    ['محمد', 'محمد'],
    ['J. P. Morel', 'J. P. Morel'],
    // NFD twin
    ['Ame\u0301lie', 'Amélie'],
  ])('%j is kept: %j', (given, kept) => expect(plainName(given)).toBe(kept));

  it('is always one line without anything hidden, in normal form, and stays so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const name = plainName(text);
        expect(name).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}<>&"`{}$/\\@:=\u202A-\u202E\u2066-\u2069]/u);
        expect(plainName(name)).toBe(name);
        expect(oneLine(name)).toBe(name);
      }),
    );
  });

  it.each([
    ['LEMOINE', 'Lemoine'],
    ['LE GOFF-MARTIN', 'Le Goff-Martin'],
    ['D’ARC', 'D’Arc'],
    ['ÉLOÏSE', 'Éloïse'],
    ['McDonald', 'McDonald'],
    ['X', 'X'],
  ])('%s is addressed as %s', (given, addressed) => expect(asAddressed(given)).toBe(addressed));

  it.each([
    ['Inès', 10, 'Inès'],
    ['Marie-Charlotte Anne', 15, 'Marie-Charlotte'],
    ['Marie-Charlotte Anne', 6, 'Marie'],
    ['Wolfeschlegel', 6, 'Wolfe…'],
  ])('%s in %i characters is %s', (name, room, short) => expect(shortName(name, room)).toBe(short));

  it('is never longer than the room there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), fc.integer({ min: 2, max: 50 }), (name, room) => {
        expect(lengthOf(shortName(name, room))).toBeLessThanOrEqual(room);
      }),
    );
  });
});

it.each([
  ['MATHEMATIQUES', 'mathematiques'],
  ['EPS', 'EPS'],
  ['Histoire-géo', 'histoire-géo'],
  ['Anglais LV1', 'anglais LV1'],
  ['LV1\r\nANGLAIS', 'lv1 anglais'],
  ['</td><script>', 'td script'],
])('%j reads as %j within a sentence', (label, subject) => expect(asSubject(label)).toBe(subject));
