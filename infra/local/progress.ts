/** Something the operator can mend: printed as one line, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs one step and prints it with the time it took; the act may answer what to add to the line. */
export async function step<T>(title: string, act: () => Promise<T>, note?: (result: T) => string | undefined): Promise<T> {
  const began = performance.now();
  try {
    const result = await act();
    const more = note?.(result);
    console.log(`✔ ${title}${more ? `: ${more}` : ''} (${seconds(began)})`);
    return result;
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(`✖ ${title} failed after ${seconds(began)}`);
    throw error;
  }
}

/** Runs a command's body; a refusal becomes one line and exit code 1, anything else keeps its stack. */
export async function command(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Refusal ? `✖ ${error.message}` : error);
    process.exitCode = 1;
  }
}

/** A plain table, columns as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((so, row) => row.map((cell, i) => Math.max(so[i] ?? 0, cell.length)), []);
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n');
}
