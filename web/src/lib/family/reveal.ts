/** Content comes after the address was read: the part that the address names is shown, and focused, when it is there. */
export const toReveal = (part: HTMLElement): void => {
  if (location.hash !== `#${part.id}`) return;
  part.scrollIntoView();
  part.focus({ preventScroll: true });
};
