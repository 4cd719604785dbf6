/** How far a reader goes before it refuses a file. A collège's SIECLE export is about 1 MB, a whole académie's largest lycée about 8. */
export interface Bounds {
  /** Bytes after inflation, over all files of an archive. */
  readonly bytes: number;
  /** Inflated bytes per compressed byte, counted from the first megabyte on: school XML reaches 40, a bomb 1,000. */
  readonly inflation: number;
  /** Files in an archive. */
  readonly entries: number;
  readonly depth: number;
  readonly elements: number;
  /** Elements within one person, class or course. */
  readonly elementsPerRecord: number;
  /** Characters without a tag or text: a tag with all its attributes, a comment, a declaration. */
  readonly token: number;
}

export const BOUNDS: Bounds = {
  bytes: 256 * 1024 * 1024,
  inflation: 200,
  entries: 20,
  depth: 24,
  elements: 20_000_000,
  elementsPerRecord: 5_000,
  token: 256 * 1024,
};
