import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchoolFile } from '../../../../functions/directory/formats/read-school-file.ts';
import { makeDemo } from '../../../../infra/local/demo/index.ts';
import { SchoolFileRecord } from '../../../../shared/directory/school-file.ts';
import { Failure } from '../../../../shared/kernel/index.ts';

const [, school] = makeDemo({ seed: 7 });

/** One place of a file where bytes are overwritten, by chance or by what means something to a parser. */
const damage = fc.record({
  file: fc.constantFrom(...Object.keys(school.files)),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  by: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom('"', '<', '>', '</A>', '&x;', '<![CDATA[', '99999999999999999999', '-1').map((text) => new TextEncoder().encode(text)),
  ),
});

describe('a damaged file', () => {
  it('is refused with a code or read into valid records, and nothing else', async () => {
    let refused = 0;
    let read = 0;
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, by }) => {
        const bytes = Uint8Array.from(school.files[file] ?? []);
        bytes.set(by.subarray(0, bytes.length), Math.min(Math.floor(at * bytes.length), bytes.length - by.length));
        try {
          const source = async function* () {
            yield bytes;
          };
          for await (const record of readSchoolFile(source(), { file })) SchoolFileRecord.parse(record);
          read += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          refused += 1;
        }
      }),
      { numRuns: 100, seed: 20260901 },
    );
    expect(Math.min(refused, read)).toBeGreaterThan(5);
  }, 60_000);
});
