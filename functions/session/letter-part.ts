/** Where a part of a letters job lies in the `letters` bucket. */
export const partKey = ({ uai, jobId }: { uai: string; jobId: string }, part: number, ending: 'pdf' | 'csv'): string =>
  `${uai}/${jobId}/${String(part).padStart(4, '0')}.${ending}`;
