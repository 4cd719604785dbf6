import { BUSIEST, DOUBLE_STARTS, SLOTS } from './curriculum.ts';
import type { Random } from './random.ts';

/** One lesson among those of a block: who, whom, in which weeks. */
export interface Lesson {
  readonly subject: string;
  readonly teachers: readonly string[];
  readonly classes: readonly string[];
  readonly groups: readonly string[];
  readonly weeks: 'all' | 'A' | 'B';
}

/** Lessons that take place at the same time, because they share the pupils of these classes. */
export interface Block {
  readonly classes: readonly string[];
  readonly teachers: readonly string[];
  readonly length: 1 | 2;
  readonly lessons: readonly Lesson[];
}

export interface Placed {
  readonly block: Block;
  /** 1 Monday … 5 Friday. */
  readonly day: number;
  readonly slot: number;
}

const MIDDAY = 4;
const LAST_MORNING = 3;

/** Every start that a week offers: seven slots a day, Wednesday's morning only. */
function startsOf(length: 1 | 2): { day: number; slot: number }[] {
  const starts: { day: number; slot: number }[] = [];
  for (let day = 1; day <= 5; day += 1) {
    for (const { number } of SLOTS) {
      if (number === MIDDAY || (day === 3 && number > LAST_MORNING) || (length === 2 && !DOUBLE_STARTS.has(number))) continue;
      starts.push({ day, slot: number });
    }
  }
  return starts;
}

const cellsOf = (block: Block, day: number, slot: number): string[] => {
  const cells: string[] = [];
  for (let each = slot; each < slot + block.length; each += 1) {
    for (const who of [...block.classes, ...block.teachers]) cells.push(`${who} ${day} ${each}`);
  }
  return cells;
};

/**
 * Places every block without a clash: first a lesson for each class at the busiest time, then the rest by putting each where it disturbs least
 * and putting away what it disturbs, until nothing waits. Weights grow on what is put away often, so that it does not circle.
 */
export function placeBlocks(blocks: readonly Block[], random: Random): Placed[] {
  const starts = { 1: startsOf(1), 2: startsOf(2) };
  const at = new Map<string, Block>();
  const where = new Map<Block, { day: number; slot: number }>();
  const locked = new Set<Block>();
  const weight = new Map<Block, number>();

  const put = (block: Block, day: number, slot: number) => {
    for (const cell of cellsOf(block, day, slot)) at.set(cell, block);
    where.set(block, { day, slot });
  };
  const away = (block: Block) => {
    const place = where.get(block);
    if (place === undefined) return;
    for (const cell of cellsOf(block, place.day, place.slot)) at.delete(cell);
    where.delete(block);
  };
  const disturbed = (block: Block, day: number, slot: number) => new Set(cellsOf(block, day, slot).flatMap((cell) => at.get(cell) ?? []));

  // Blocks with most teachers for their classes first: at that time as many teachers as possible have a lesson.
  const forBusiest = random
    .shuffled(blocks.filter(({ length, lessons }) => length === 1 && lessons.every(({ weeks }) => weeks === 'all') && lessons.length > 0))
    .sort((a, b) => b.teachers.length / b.classes.length - a.teachers.length / a.classes.length);
  for (const block of forBusiest) {
    const covers = block.lessons.some(({ classes }) => classes.length > 0) || block.lessons.length > 1;
    if (!covers || disturbed(block, BUSIEST.day, BUSIEST.slot).size > 0) continue;
    put(block, BUSIEST.day, BUSIEST.slot);
    locked.add(block);
  }

  const waiting = random
    .shuffled(blocks.filter((block) => !where.has(block)))
    .sort((a, b) => a.length * (a.classes.length + a.teachers.length) - b.length * (b.classes.length + b.teachers.length));
  for (let steps = 0; waiting.length > 0; steps += 1) {
    if (steps > 200_000) throw new Error('No timetable found: fewer lessons or more teachers are needed');
    const block = waiting.pop() as Block;
    let best: { day: number; slot: number } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const start of random.shuffled(starts[block.length])) {
      let cost = 0;
      for (const other of disturbed(block, start.day, start.slot)) {
        cost += locked.has(other) ? Number.POSITIVE_INFINITY : 10 + (weight.get(other) ?? 0);
      }
      // Afternoons' last slot is the one that everyone leaves free.
      cost += start.slot === 7 ? 1 : 0;
      if (cost < least) {
        least = cost;
        best = start;
      }
    }
    if (best === undefined) throw new Error('No timetable found: a lesson fits nowhere');
    for (const other of disturbed(block, best.day, best.slot)) {
      away(other);
      weight.set(other, (weight.get(other) ?? 0) + 1);
      waiting.unshift(other);
    }
    put(block, best.day, best.slot);
  }
  return blocks.map((block) => ({ block, ...(where.get(block) as { day: number; slot: number }) }));
}
