import { describe, expect, it } from 'vitest';
import { FAULTS, type Outcome, PLANTS, simulate } from './engine.ts';

/** `PREAU_SEEDS=20000` for a long campaign; `PREAU_SEED=1234` replays one history. */
const SEEDS = Number(process.env.PREAU_SEEDS ?? 2_000);
const ONLY = process.env.PREAU_SEED;
const MINUTE = 60_000;

const seeds = (count: number, from = 1): number[] =>
  ONLY === undefined ? Array.from({ length: count }, (_, index) => from + index) : [Number(ONLY)];

const complaints = (seed: number, { violations }: Outcome): string[] => violations.map((text) => `PREAU_SEED=${seed}: ${text}`);

describe('delivery, over the real use cases', () => {
  it('loses no message and repeats none outside a doubt, whatever the seed breaks', { timeout: 60 * MINUTE }, async () => {
    const found: string[] = [];
    const sum = { mails: 0, faults: 0, resent: 0, gates: 0, texts: 0, spared: 0, decided: 0, undecided: 0 };
    for (const seed of seeds(SEEDS)) {
      const outcome = await simulate({ seed });
      found.push(...complaints(seed, outcome));
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += outcome[key];
    }
    expect(found).toEqual([]);
    // A campaign in which little happened proves little.
    if (ONLY === undefined) {
      expect(sum.mails).toBeGreaterThan(SEEDS);
      expect(sum.faults).toBeGreaterThan(SEEDS * 2);
      expect(sum.resent).toBeGreaterThan(0);
      expect(sum.texts).toBeGreaterThan(0);
      expect(sum.spared).toBeGreaterThan(0);
      expect(sum.decided).toBeGreaterThan(0);
      expect(sum.undecided).toBeGreaterThan(0);
    }
  });

  it('sends one mail to each guardian, and no second, when nothing breaks', async () => {
    const outcome = await simulate({ seed: 1, plain: true, faults: 'none' });
    expect(outcome).toMatchObject({ violations: [], mails: 2, resent: 0, faults: 0 });
  });

  it('survives every single fault at every await', { timeout: MINUTE }, async () => {
    const { gates } = await simulate({ seed: 1, plain: true, faults: 'none' });
    const found: string[] = [];
    for (let at = 0; at < gates; at += 1)
      for (const fault of FAULTS) {
        const { violations, mails } = await simulate({ seed: 1, plain: true, faults: { [at]: fault } });
        found.push(...violations.map((text) => `${fault} at ${at}: ${text}`));
        if (mails < 2) found.push(`${fault} at ${at}: ${mails} mails`);
      }
    expect(found).toEqual([]);
  });

  it('survives pairs of faults', { timeout: 30 * MINUTE }, async () => {
    const { gates } = await simulate({ seed: 1, plain: true, faults: 'none' });
    const found: string[] = [];
    for (const seed of seeds(Math.ceil(SEEDS / 2))) {
      const [a, b] = [seed * 7 + (seed >> 3), seed * 13 + (seed >> 2)].map((n) => n % (gates + 8)) as [number, number];
      const pair = { [a]: FAULTS[seed % FAULTS.length], [b]: FAULTS[(seed >> 2) % FAULTS.length] } as Record<
        number,
        (typeof FAULTS)[number]
      >;
      const { violations } = await simulate({ seed, plain: true, faults: pair });
      found.push(...violations.map((text) => `${JSON.stringify(pair)}, seed ${seed}: ${text}`));
    }
    expect(found).toEqual([]);
  });

  it('gives the same history for the same seed', async () => {
    expect(await simulate({ seed: 7 })).toEqual(await simulate({ seed: 7 }));
  });
});

describe('the simulation notices', () => {
  for (const plant of PLANTS)
    it(`${plant.replaceAll('-', ' ')}`, { timeout: MINUTE }, async () => {
      let caught: string[] = [];
      for (let seed = 1; seed <= 300 && caught.length === 0; seed += 1) caught = complaints(seed, await simulate({ seed, plant }));
      expect(caught).not.toEqual([]);
    });
});
