/** A set of whole numbers as runs: `0-29,41,60-62`. */
export function runsOf(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

/** How many numbers are in any of the sets. */
export function countRuns(sets: readonly string[]): number {
  const runs = sets
    .flatMap((set) => (set === '' ? [] : set.split(',')))
    .map((run) => run.split('-').map(Number))
    .map(([from = 0, to = from]): [number, number] => [from, to])
    .sort(([a], [b]) => a - b);
  let count = 0;
  let reached = -1;
  for (const [from, to] of runs) {
    count += Math.max(0, to - Math.max(from, reached + 1) + 1);
    reached = Math.max(reached, to);
  }
  return count;
}
