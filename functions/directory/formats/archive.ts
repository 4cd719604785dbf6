import { Unzip, UnzipInflate } from 'fflate';
import { Failure } from '../../../shared/kernel/index.ts';
import type { Bounds } from './bounds.ts';

/** One piece of one file. `last` closes the file. */
export interface Piece {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/** Compressed bytes inflated in one go: deflate expands at most 1,032 times, so that a bomb is seen after 4 MB and not after 64. */
const STEP = 4 * 1024;
const FREE_INFLATION = 1024 * 1024;

/** Local header of a first entry, or the end record of an empty archive. */
export const isZip = (head: Uint8Array) => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 0x03 || head[2] === 0x05);

const unsafe = (name: string) =>
  name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.includes('\0') || name.split(/[/\\]/).includes('..');

/** The first bytes of a stream (at least four, unless it is shorter), and all of it again. */
async function peek(source: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 4) {
    const next = await iterator.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const all = async function* () {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  };
  return { head, all: all() };
}

/**
 * The files of an upload, piece by piece: itself, or the entries of a zip in their order. Sizes in a zip's headers are not believed, real inflated
 * bytes are counted. Refuses names that climb out of the archive, too many entries, too much inflation, a damaged archive.
 */
export async function* filesOf(source: AsyncIterable<Uint8Array>, file: string, bounds: Bounds): AsyncGenerator<Piece> {
  const { head, all } = await peek(source);
  let total = 0;
  const count = (bytes: number) => {
    total += bytes;
    if (total > bounds.bytes) throw new Failure('refused', 'directory.file-too-large', { file, bytes: bounds.bytes });
  };

  if (!isZip(head)) {
    for await (const bytes of all) {
      count(bytes.length);
      yield { file, bytes, last: false };
    }
    yield { file, bytes: new Uint8Array(0), last: true };
    return;
  }

  let pieces: Piece[] = [];
  let compressed = 0;
  let entries = 0;
  let open: string | undefined;
  const unzip = new Unzip((entry) => {
    if (unsafe(entry.name)) throw new Failure('refused', 'directory.archive-unsafe-name', { file });
    if (entry.name.endsWith('/') || entry.name.startsWith('__MACOSX/')) return;
    entries += 1;
    if (entries > bounds.entries) throw new Failure('refused', 'directory.archive-too-many-files', { file, files: bounds.entries });
    const name = `${file}/${entry.name}`.slice(0, 400);
    open = name;
    entry.ondata = (error, bytes, last) => {
      if (error) throw error;
      count(bytes.length);
      if (total > FREE_INFLATION && total > compressed * bounds.inflation) throw new Failure('refused', 'directory.archive-bomb', { file });
      pieces.push({ file: name, bytes, last });
      if (last) open = undefined;
    };
    entry.start();
  });
  unzip.register(UnzipInflate);

  const push = (bytes: Uint8Array, last: boolean): Piece[] => {
    pieces = [];
    try {
      unzip.push(bytes, last);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure('refused', 'directory.archive-unreadable', { file });
    }
    return pieces;
  };

  for await (const bytes of all) {
    for (let from = 0; from < bytes.length; from += STEP) {
      const step = bytes.subarray(from, from + STEP);
      compressed += step.length;
      yield* push(step, false);
    }
  }
  yield* push(new Uint8Array(0), true);
  if (open !== undefined) throw new Failure('refused', 'directory.archive-unreadable', { file });
  if (entries === 0) throw new Failure('refused', 'directory.file-empty', { file });
}
