/** A name that every system of files takes. */
export const fileName = (words: string): string =>
  words
    .replace(/[\\/:*?"<>|]/g, '-')
    .replaceAll('\u00a0', ' ')
    .trim();

/** The files of a year in one archive; papers are packed already. Its code comes with it, when it is asked for. */
export async function zipped(files: ReadonlyMap<string, Blob>): Promise<Blob> {
  const { zipSync } = await import('fflate');
  const entries: Record<string, [Uint8Array<ArrayBuffer>, { level: 0 | 6 }]> = {};
  for (const [name, blob] of files) entries[name] = [new Uint8Array(await blob.arrayBuffer()), { level: name.endsWith('.pdf') ? 0 : 6 }];
  return new Blob([zipSync(entries) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
