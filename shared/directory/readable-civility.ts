/** A title as one writes it: SIECLE's `MME` is « Mme »; `M.` and what is written in small letters stay. */
export const readableCivility = (civility: string): string =>
  civility.replace(/^\p{Lu}{2,}$/u, (title) => title.slice(0, 1) + title.slice(1).toLowerCase());
