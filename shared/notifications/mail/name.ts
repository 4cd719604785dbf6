/** Line ends, controls, bidirectional overrides and invisible signs: nothing a name needs, all that a forged one would use. */
const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFF9-\uFFFB\uFFFD]/gu;

/** One line of plain text, well formed, for a subject, a header or a paragraph. */
export const oneLine = (text: string): string => text.toWellFormed().normalize('NFC').replace(HIDDEN, ' ').replace(/\s+/gu, ' ').trim();

/** Letters and what stands between them. Mail programs make links of `evil.example` and `//`, even in a name. */
export const plainName = (text: string): string =>
  oneLine(
    oneLine(text)
      .replace(/[^\p{L}\p{M}\p{N}'’ .-]/gu, ' ')
      .replace(/\.(?=\S)/gu, '. '),
  );

const segments = new Intl.Segmenter('fr', { granularity: 'grapheme' });
/** Latin letters and signs that each stand alone are counted as they are: taking a text apart is the slowest thing a mail asks for. */
const PLAIN = /^[\u0020-\u024F\u2010-\u2027]*$/;
export const lengthOf = (text: string): number => (PLAIN.test(text) ? text.length : [...segments.segment(text)].length);

/** A name in at most `room` characters: whole first names are left out before one is cut. */
export const shortName = (name: string, room: number): string => {
  if (lengthOf(name) <= room) return name;
  for (let cut = name; /[ -]/.test(cut); ) {
    cut = cut.replace(/[ -][^ -]*$/, '');
    if (cut !== '' && lengthOf(cut) <= room) return cut;
  }
  const letters = [...segments.segment(name)].map(({ segment }) => segment);
  return `${letters
    .slice(0, Math.max(1, room - 1))
    .join('')
    .trimEnd()}…`;
};

/** `LE GOFF-MARTIN` as exports write it, `Le Goff-Martin` as one is addressed; names in mixed case are left as they are. */
export const asAddressed = (name: string): string =>
  name !== name.toLocaleUpperCase('fr') || lengthOf(name) < 2
    ? name
    : name
        .toLocaleLowerCase('fr')
        .replace(/(^|[ '’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'));

/** A subject as it stands within a sentence: `MATHEMATIQUES` and `Mathématiques` become small, `EPS` and `LV1` do not. */
export const asSubject = (label: string): string => {
  const clean = oneLine(
    oneLine(label)
      .replace(/[<>/\\]/g, ' ')
      .replace(/\.(?=\S)/gu, '. '),
  );
  return clean === clean.toLocaleUpperCase('fr') && /\p{L}{5}/u.test(clean)
    ? clean.toLocaleLowerCase('fr')
    : clean.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLocaleLowerCase('fr'));
};
