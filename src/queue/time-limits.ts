/** How long one job may take: at the soft limit it is asked to stop, at the hard one it is given up. */
export type TimeLimits = {
  softMs: number;
  hardMs: number;
  /** A job that does not stop holds rows and connections: only the end of the process frees them for sure. */
  onHardLimit: (job: string) => void;
};

export const JOB_SOFT_MS = 4 * 60_000;
export const JOB_HARD_MS = 5 * 60_000;

/** Runs a job under its limits. `stop` aborts it as the soft limit would. */
export async function withTimeLimits<Result>(
  job: string,
  limits: TimeLimits,
  run: (signal: AbortSignal) => Promise<Result>,
  stop?: AbortSignal,
): Promise<Result> {
  const soft = new AbortController();
  const softTimer = setTimeout(
    () => soft.abort(new Error(`${job} took longer than ${limits.softMs} ms`)),
    limits.softMs,
  );
  const hardTimer = setTimeout(() => limits.onHardLimit(job), limits.hardMs);
  try {
    return await run(stop === undefined ? soft.signal : AbortSignal.any([soft.signal, stop]));
  } finally {
    clearTimeout(softTimer);
    clearTimeout(hardTimer);
  }
}
