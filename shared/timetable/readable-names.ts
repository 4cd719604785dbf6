/**
 * Names as schools' exports write them, made readable: nomenclatures shout, and class codes are codes.
 * What is not recognised stays as it is.
 */

const SMALL = /^(?:de|du|des|la|le|les|et|en|à|aux|l’|d’)$/i;

/** `SCIENCES DE LA VIE ET DE LA TERRE` is « Sciences de la vie et de la terre »; `EPS`, `LV2` and mixed case stay. */
export function subjectName(label: string): string {
  const words = label.split(' ');
  const shouted = label === label.toLocaleUpperCase('fr') && words.some((word) => word.length > 4 || SMALL.test(word));
  if (!shouted) return label;
  const lower = words.map((word) => (/\d/.test(word) ? word : word.toLocaleLowerCase('fr'))).join(' ');
  return lower.charAt(0).toLocaleUpperCase('fr') + lower.slice(1);
}

/** `5B`, `5 B` and `5EME B` are « 5e B »; `6D GROUPE 2` is « 6e D groupe 2 ». */
export const groupName = (label: string): string =>
  label
    .replace(/^([3-6])\s?(?:e|è|ème|eme|EME|ÈME)?\s?([A-Z]|\d{1,2})(?=$|[\s.])/u, '$1e\u00a0$2')
    .replace(/\b(GROUPE|Groupe|GR)\b\.?/u, 'groupe');

export const groupNames = (labels: readonly string[]): string => labels.map(groupName).join(', ');
