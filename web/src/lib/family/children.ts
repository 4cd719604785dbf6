import type { MyChild } from '#shared/directory/routes.ts';

type Colour = 1 | 2 | 3 | 4 | 5 | 6;
const COLOURS: readonly Colour[] = [1, 2, 3, 4, 5, 6];

/** The child’s own colour, kept for life. */
export const childColour = ({ colour }: Pick<MyChild, 'colour'>): Colour => COLOURS.find((one) => one === colour) ?? 1;

export const addressOfChild = ({ uai, pupilId }: Pick<MyChild, 'uai' | 'pupilId'>): `/${string}` =>
  `/responsable/enfants/${uai}/${pupilId}`;

/** One child at two schools is two files; the list keeps each child’s together. */
export const keyOfChild = ({ uai, pupilId }: Pick<MyChild, 'uai' | 'pupilId'>): string => `${uai}/${pupilId}`;
