/** Upper case, no accents, ligatures opened, anything else than letters and digits a space: how names are sorted, searched and compared. */
export const fold = (text: string): string =>
  text
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** `MARTIN LEA`: the sort key of a person. It never holds `#`, the separator of keys. */
export const sortKeyOf = ({ familyName, givenName }: { familyName: string; givenName: string }): string =>
  `${fold(familyName)} ${fold(givenName)}`.trim();
