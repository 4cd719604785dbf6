export interface ToastMessage {
  readonly words: string;
  /** Never the only place for an undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SECONDS = 8;

let shown = $state.raw<ToastMessage>();
let timer: ReturnType<typeof setTimeout> | undefined;

export const toasts = {
  get shown() {
    return shown;
  },
  /** Confirms what left: « Envoyé à 10 h 04 ». Eight seconds, one at a time. */
  say(words: string, action?: ToastMessage['action']): void {
    clearTimeout(timer);
    shown = { words, ...(action && { action }) };
    timer = setTimeout(() => toasts.hush(), SECONDS * 1000);
  },
  hush(): void {
    clearTimeout(timer);
    shown = undefined;
  },
};
