const KEY = 'preau.letter-keys';

let on = $state(localStorage.getItem(KEY) !== 'off');

/** Single letters that act, which a person who dictates or trembles can turn off (WCAG 2.1.4). */
export const letterKeys = {
  get on(): boolean {
    return on;
  },
  set(value: boolean): void {
    on = value;
    localStorage.setItem(KEY, value ? 'on' : 'off');
  },
};

/** A key alone, neither a shortcut of the browser nor part of a composition. */
export const isPlainKey = ({ ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && !isComposing;

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
