/**
 * « Permanence »: a roll call of no class and no group, inverted. Nobody is awaited in it: whoever is added came and was seen, and
 * nobody is missing by it.
 */
export const isStudyRoom = ({ groupIds }: { readonly groupIds: readonly unknown[] }): boolean => groupIds.length === 0;
