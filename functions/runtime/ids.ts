import { createHash, randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from '../../shared/kernel/context.ts';

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** 128 bits of SHA-256 in 26 lowercase characters. JSON keeps `['a', 'b']` and `['a,b']` apart, and 1 from '1' one thing. */
const naturalId = (prefix: string, parts: readonly (string | number)[]): string => {
  const digest = createHash('sha256')
    .update(JSON.stringify([prefix, ...parts.map(String)]))
    .digest();
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of digest.subarray(0, 16)) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  if (bits > 0) text += BASE32[(held << (5 - bits)) & 31];
  return `${prefix}_${text}`;
};

export const natural: Ids['natural'] = (prefix, ...parts) => naturalId(prefix, parts);

export const ids: Ids = {
  next: (prefix) => `${prefix}_${v7()}`,
  natural,
  secret(alphabet, length) {
    if (alphabet.length < 2) throw new RangeError('an alphabet has at least two characters');
    let text = '';
    // randomInt rejects what would favour the first characters, where a modulo would not.
    while (text.length < length) text += alphabet[randomInt(alphabet.length)];
    return text;
  },
};
