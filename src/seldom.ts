const PAUSE_MS = 10_000;

/** `tell`, at most once in ten seconds, or in another pause: who tries to reach a lost queue fails many times a second. */
export function seldom<Told>(tell: (told: Told) => void, pauseMs = PAUSE_MS): (told: Told) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (told) => {
    if (performance.now() - toldAt < pauseMs) return;
    toldAt = performance.now();
    tell(told);
  };
}
