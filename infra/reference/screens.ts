import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The README's pictures and what the journeys call them: `npm test`, then `npm run screens`. */
const SCREENS: Readonly<Record<string, string>> = {
  'roll-call': 'roll-call',
  'absence-mail': 'absence-mail',
  'guardian-home': 'guardian-home',
  answer: 'answer-asked',
  'school-life': 'school-life-board',
};
/** A README is read on a telephone too. */
const MOST_BYTES = 150_000;

const from = fileURLToPath(new URL('../../.preau/screens', import.meta.url));
const to = fileURLToPath(new URL('screens', import.meta.url));

for (const [name, kept] of Object.entries(SCREENS)) {
  const picture = join(from, `${kept}.png`);
  if (!existsSync(picture)) throw new Error(`No ${picture}: run the journeys first (npm test).`);
  const { size } = statSync(picture);
  if (size > MOST_BYTES) throw new Error(`${picture} weighs ${size} bytes, more than ${MOST_BYTES}.`);
  copyFileSync(picture, join(to, `${name}.png`));
}
