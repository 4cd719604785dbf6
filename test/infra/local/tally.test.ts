import { describe, expect, it } from 'vitest';
import { lastLine, sum, tallyOf } from '../../../infra/local/tally.ts';

const test = (status: string, failure?: string) => ({
  status,
  fullName: `is ${status}`,
  ...(failure ? { failureMessages: [failure] } : {}),
});

describe('the count of a test run', () => {
  it('has every test once, by what became of it', () => {
    const tally = tallyOf({
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [test('passed'), test('failed', 'Error: x\n    at y (node_modules/z.js:1)\n    at a.test.ts:3')],
        },
        { name: 'b.test.ts', status: 'passed', assertionResults: [test('passed'), test('skipped'), test('pending'), test('todo')] },
      ],
    });
    expect(lastLine(tally)).toBe('2 passed, 1 failed, 3 skipped');
    expect(tally.failures).toEqual(['a.test.ts > is failed\nError: x\n    at a.test.ts:3']);
  });

  it('counts a file that could not be loaded as a failure', () => {
    const tally = tallyOf({ testResults: [{ name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }] });
    expect(tally).toEqual({ passed: 0, failed: 1, skipped: 0, failures: ['c.test.ts\nno such module'] });
  });

  it('adds up over everything', () => {
    const one = { passed: 1, failed: 0, skipped: 2, failures: [] };
    expect(lastLine(sum([one, { ...one, failed: 3 }, one]))).toBe('3 passed, 3 failed, 6 skipped');
  });
});
