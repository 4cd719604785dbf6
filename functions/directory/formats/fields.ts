import * as z from 'zod';
import type { Regime } from '../../../shared/directory/school-file.ts';
import type { Element } from './elements.ts';

/** How the values of school exports are written, and what they mean. Nothing here throws: what cannot be read is `undefined`. */

const DIRTY = /[^\x20-\x7e]|^ | $| {2}/;
/** Controls, soft hyphen, zero-width and direction marks, lone surrogates, byte order mark: invisible in a name, and used to disguise one. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** One line of visible text: composed (NFC), trimmed, inner spaces single. */
export function clean(text: string): string {
  if (!DIRTY.test(text)) return text;
  return text
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A structure's code keeps its inner spaces (`3  A`): only its ends are trimmed. */
export const trimmed = (text: string): string => (DIRTY.test(text) ? text.replace(INVISIBLE, '').trim() : text);

export const child = (element: Element, name: string): Element | undefined => {
  for (const candidate of element.children) if (candidate.name === name) return candidate;
  return undefined;
};

export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element === undefined ? [] : element.children.filter((candidate) => candidate.name === name);

/** The text of a direct child, cleaned; absent and empty are the same. Names recur deeper (`SCOLARITE_AN_DERNIER/CODE_MEF`) and mean something else there. */
export const textOf = (element: Element, name: string): string | undefined => {
  const found = child(element, name);
  return found === undefined ? undefined : clean(found.text) || undefined;
};

export const attributeOf = (element: Element, name: string): string | undefined => {
  const value = element.attributes[name];
  return value === undefined ? undefined : clean(value) || undefined;
};

const FRENCH_DATE = /^(\d{2})\/(\d{2})\/(\d{4})/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** `dd/mm/yyyy` of SIECLE or `yyyy-mm-dd` of STS and EDT, a time after it ignored. 30 February and years outside 1900–2199 are no dates. */
export function dateOf(text: string): string | undefined {
  const french = FRENCH_DATE.exec(text);
  const [year, month, day] = french ? [french[3], french[2], french[1]] : (ISO_DATE.exec(text)?.slice(1) ?? []);
  if (year === undefined || month === undefined || day === undefined || year < '1900' || year > '2199') return undefined;
  const longest = DAYS[Number(month) - 1];
  if (longest === undefined || Number(day) < 1 || Number(day) > longest) return undefined;
  if (month === '02' && day === '29' && (Number(year) % 4 !== 0 || (Number(year) % 100 === 0 && Number(year) % 400 !== 0)))
    return undefined;
  return `${year}-${month}-${day}`;
}

/** `0/1`, `true/false` and `O/N` stand side by side in one element of real files. */
export function booleanOf(text: string | undefined): boolean | undefined {
  switch (text?.toLowerCase()) {
    case '1':
    case 'true':
    case 'o':
    case 'oui':
      return true;
    case '0':
    case 'false':
    case 'n':
    case 'non':
      return false;
    default:
      return undefined;
  }
}

/** The rule of zod's `z.email()`, which refuses line breaks, lists and display names. */
export const emailOf = (text: string): string | undefined => (text.length <= 254 && z.regexes.email.test(text) ? text : undefined);

/** Digits with an optional `+`, separators dropped. The country is not guessed: overseas numbers begin with 0 too. */
export function phoneOf(text: string): string | undefined {
  const digits = text.replace(/[\s.\-/()]/g, '');
  return /^\+?\d{4,15}$/.test(digits) ? digits : undefined;
}

/** CODE_SEXE 1, 2; EDT Masculin, Feminin. */
export function sexOf(text: string | undefined): 'male' | 'female' | undefined {
  if (text === '1' || text === 'Masculin' || text === 'M') return 'male';
  if (text === '2' || text === 'Feminin' || text === 'F') return 'female';
  return undefined;
}

/** The national code's first digit; `DP`, `EXT`, `INT` stand in reconstructed files. */
export function regimeOf(code: string): Regime | undefined {
  switch (/^(DP|EXT|INT|[0-6])/i.exec(code)?.[0].toUpperCase()) {
    case '0':
    case '1':
    case 'EXT':
      return 'day';
    case '2':
    case '6':
    case 'DP':
      return 'half-board';
    case '3':
    case '5':
    case 'INT':
      return 'boarder';
    case '4':
      return 'boarder-day';
    default:
      return undefined;
  }
}

/** The four digits of a school year's first calendar year. */
export const yearOf = (text: string | undefined): number | undefined => {
  const year = Number(/^\d{4}/.exec(text ?? '')?.[0] ?? Number.NaN);
  return year >= 1900 && year <= 2199 ? year : undefined;
};
