import { describe, expect, it } from 'vitest';
import { inFrench } from '../../../shared/kernel/index.ts';

describe('the order of names in French', () => {
  it('takes an accent for its letter, and a capital for its small one', () => {
    expect(['Zoé', 'étienne', 'Eva', 'Élise', 'ines'].sort(inFrench)).toEqual(['Élise', 'étienne', 'Eva', 'ines', 'Zoé']);
  });
});
