/** As an année is written in a class’s name: what comes first, and what it is called. */
const LEVELS: readonly (readonly [RegExp, string | undefined])[] = [
  [/^(?:TPS|PS|MS|GS|CP|CE1|CE2|CM1|CM2)(?![A-Z])/, undefined],
  [/^(?:6|SIXIEME)/, '6e'],
  [/^(?:5|CINQUIEME)/, '5e'],
  [/^(?:4|QUATRIEME)/, '4e'],
  [/^(?:3|TROISIEME)/, '3e'],
  [/^(?:2|SECONDE)/, '2de'],
  [/^(?:1|PREMIERE)/, '1re'],
  [/^(?:TLE|TERM|T(?=\d|\s|$|(?:G|S|L|ES|STMG|STI2D|ST2S|STL)(?![A-Z])))/, 'Tle'],
];
/** From the youngest. */
const ORDER = ['TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2', '6e', '5e', '4e', '3e', '2de', '1re', 'Tle'];

const plain = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .trim()
    .replace(/^(?:CLASSE|DIVISION)\s+(?:DE\s+)?/, '');

/**
 * The level of a class, read from the name that every export gives it: « 5e B », « 503 », « 5EME2 », « CM1-CM2 » (its first).
 * None for a class that is named otherwise (« ULIS », « Molière »).
 */
export const levelOf = (label: string): string | undefined => {
  const name = plain(label);
  const found = LEVELS.find(([pattern]) => pattern.test(name));
  return found && (found[1] ?? found[0].exec(name)?.[0]);
};

/** The order of schooling; what is none comes last. */
export const byLevel = (a: string | undefined, b: string | undefined): number => {
  const place = (level: string | undefined) => (level === undefined ? ORDER.length : ORDER.indexOf(level));
  return place(a) - place(b);
};
