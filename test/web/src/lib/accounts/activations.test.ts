import { describe, expect, it } from 'vitest';
import { type Activation, bodyOf, isNamed, LETTERS_DOORS, MOST_CHOSEN, nextPart, reachOf, tallyOf } from '#lib/accounts/activations.ts';
import { fileWord } from '#lib/accounts/last-letters.ts';
import { startLetters } from '#shared/session/routes.ts';

const id = (n: number) => `p_${String(n).padStart(26, '0')}`;
const person = (n: number, state: Activation['state'], login?: string): Activation => ({
  personId: id(n),
  familyName: 'LE GOFF-MARTIN',
  givenName: 'Inès',
  state,
  ...(login !== undefined && { login }),
});
const PEOPLE = [person(1, 'activated'), person(2, 'code-issued'), person(3, 'code-expired'), person(4, 'none')];

describe('a list of accounts', () => {
  it('is counted by state', () => {
    expect(tallyOf([...PEOPLE, person(5, 'none')])).toEqual({ activated: 1, 'code-issued': 1, 'code-expired': 1, none: 2 });
  });

  it('finds a name by the beginnings of its words, accents and order aside, or by its login', () => {
    const one = person(1, 'none', 'ines.legoff2');
    for (const typed of ['', 'ines', 'INÈS', 'le goff', 'goff inè', 'martin', 'legoff2', ' le  goff '])
      expect(isNamed(one, typed), typed).toBe(true);
    for (const typed of ['nes', 'ines durand', 'goffi']) expect(isNamed(one, typed), typed).toBe(false);
  });
});

describe('letters', () => {
  it('reach everybody of the list who has not activated, and end the codes that are out', () => {
    expect(reachOf(PEOPLE, [])).toEqual({ letters: 3, ending: 1 });
  });

  it('reach the chosen ones alone', () => {
    expect(reachOf(PEOPLE, [id(4)])).toEqual({ letters: 1, ending: 0 });
    expect(reachOf(PEOPLE, [id(1)])).toEqual({ letters: 0, ending: 0 });
  });

  it('are asked for as the API takes them: a door, a class, or people', () => {
    const groupId = 'g_3b4c5d6e7f8091a2b3c4d5e6f7';
    expect(bodyOf({ door: 'guardian', chosen: [] })).toEqual({ door: 'guardian' });
    expect(bodyOf({ door: 'pupil', groupId, chosen: [] })).toEqual({ door: 'pupil', groupId });
    expect(bodyOf({ door: 'pupil', groupId, chosen: [id(2)] })).toEqual({ door: 'pupil', personIds: [id(2)] });
    const takes = (chosen: number) =>
      startLetters.body?.safeParse(bodyOf({ door: 'pupil', chosen: Array.from({ length: chosen }, (_, n) => id(n)) })).success;
    expect(takes(MOST_CHOSEN)).toBe(true);
    expect(takes(MOST_CHOSEN + 1)).toBe(false);
    for (const door of LETTERS_DOORS) expect(startLetters.body?.safeParse(bodyOf({ door, chosen: [] })).success, door).toBe(true);
  });

  it('go on in the part that the answer names, and end with the last one', () => {
    expect(nextPart('<?part=1>; rel="next"')).toBe(1);
    expect(nextPart('<https://preau.example/letters.pdf?part=12>; rel=next')).toBe(12);
    expect(nextPart('<?part=0>; rel="prev", <?part=2>; rel="next"')).toBe(2);
    for (const link of [null, '', '<?part=0>; rel="prev"', '<?page=1>; rel="next"', '<?part=-1>; rel="next"'])
      expect(nextPart(link)).toBeUndefined();
  });

  it('are kept in files whose names any disk takes', () => {
    expect(fileWord('Élèves 5e B')).toBe('eleves-5e-b');
    expect(fileWord('Responsables')).toBe('responsables');
  });
});
