import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { countFailure, forgetFailures } from './queries.ts';

/** Some jobs end well many times a second: that need not be written each time. */
const WRITE_SUCCESS_MS = 20_000;

type WatchJobs = { db: Db; clock: Clock; metrics: Metrics };

/**
 * Runs a round of a job, measures it, and keeps how many rounds failed in a row: in a table, since the next round may
 * be another process's. What the round gave or threw is passed on.
 */
export function watchJobs({ db, clock, metrics }: WatchJobs) {
  const writtenAt = new Map<string, number>();

  const ended = async (job: string, begun: number, isDone: boolean): Promise<void> => {
    const at = await clock(db);
    metrics.jobEnded({ job, isDone, seconds: (performance.now() - begun) / 1000, at });
    if (!isDone) {
      writtenAt.delete(job);
      await countFailure(db, job, at);
    } else if (performance.now() - (writtenAt.get(job) ?? Number.NEGATIVE_INFINITY) >= WRITE_SUCCESS_MS) {
      await forgetFailures(db, job);
      writtenAt.set(job, performance.now());
    }
  };

  return async <Result>(job: string, round: () => Promise<Result>): Promise<Result> => {
    const begun = performance.now();
    // A database that is gone fails the round and its record alike; `database_up` and health tell of that.
    const record = (isDone: boolean) => ended(job, begun, isDone).catch(() => {});
    try {
      const result = await round();
      await record(true);
      return result;
    } catch (error) {
      await record(false);
      throw error;
    }
  };
}
