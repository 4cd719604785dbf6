import { NBSP, number } from '#lib/format/format.ts';
import * as m from '#messages';

/** What the API takes: `startImport`. */
export const MOST_FILES = 10;
export const MOST_BYTES = 60_000_000;
const LONGEST_NAME = 200;

interface Chosen {
  readonly name: string;
  readonly size: number;
}

/** Why a file cannot be an export, known before anything is sent. What it is, only its content says. */
export type FileProblem = 'kind' | 'size' | 'empty';

export function problemOf({ name, size }: Chosen): FileProblem | undefined {
  if (!/\.(xml|zip)$/i.test(name)) return 'kind';
  if (size === 0) return 'empty';
  return size > MOST_BYTES ? 'size' : undefined;
}

/** Files dropped one after the other, each of them once: the later one of a name replaces the earlier. */
export const withFiles = <F extends Chosen>(before: readonly F[], added: readonly F[]): F[] => [
  ...before.filter(({ name }) => !added.some((one) => one.name === name)),
  ...added.filter(({ name }, index) => added.findLastIndex((one) => one.name === name) === index),
];

/** A name as the API takes it: its end tells more than its beginning. */
export const sentName = ({ name }: Chosen): string => name.slice(-LONGEST_NAME);

const MEGABYTE = 1_000_000;
const KILOBYTE = 1000;

/** `5,4 Mo`, `812 ko`, `12 octets`. */
export function sizeWords(bytes: number): string {
  if (bytes >= MEGABYTE) return m.imports_megabytes({ value: number(Math.round(bytes / (MEGABYTE / 10)) / 10) });
  if (bytes >= KILOBYTE) return m.imports_kilobytes({ value: number(Math.round(bytes / KILOBYTE)) });
  return m.imports_bytes({ value: number(bytes) }).replaceAll(' ', NBSP);
}
