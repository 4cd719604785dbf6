/** Runs at once when the page comes back to sight, then every so often while it is seen; never while it is hidden. */
export function whileSeen(run: () => void, everyMs: number): () => void {
  const tick = () => {
    if (!document.hidden) run();
  };
  const timer = setInterval(tick, everyMs);
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}
