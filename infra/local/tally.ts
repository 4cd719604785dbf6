/** What a run of tests or one check came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, with its reason. */
  readonly failures: readonly string[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

export const sum = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (all, { passed, failed, skipped, failures }) => ({
      passed: all.passed + passed,
      failed: all.failed + failed,
      skipped: all.skipped + skipped,
      failures: [...all.failures, ...failures],
    }),
    NOTHING,
  );

/** The reason and the place in our own files: frames of libraries say nothing. */
const readable = (message: string): string =>
  message
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|node:)/.test(line))
    .join('\n');

/** Counts a JSON report of vitest; a file that could not even be loaded is a failure, though it has no test. */
export const tallyOf = ({ testResults }: VitestReport): Tally =>
  sum(
    testResults.map(({ name, status, message = '', assertionResults }) => {
      const count = (wanted: readonly string[]) => assertionResults.filter((one) => wanted.includes(one.status)).length;
      const failed = assertionResults.filter((one) => one.status === 'failed');
      const unloaded = status === 'failed' && failed.length === 0;
      return {
        passed: count(['passed']),
        failed: failed.length + (unloaded ? 1 : 0),
        skipped: count(['skipped', 'pending', 'todo', 'disabled']),
        failures: unloaded
          ? [`${name}\n${readable(message)}`]
          : failed.map(({ fullName, failureMessages }) => `${name} > ${fullName}\n${readable(failureMessages?.[0] ?? '')}`),
      };
    }),
  );

export const lastLine = ({ passed, failed, skipped }: Tally): string => `${passed} passed, ${failed} failed, ${skipped} skipped`;
