import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { countFailure, forgetFailures } from './queries.ts';

/** Some jobs end well many times a second: that need not be written each time. */
const WRITE_SUCCESS_MS = 20_000;

/** A database that is gone fails a round and its record alike; `tq_database_up` and health tell of that. */
function unrecorded(): void {}

type WatchJobs = { db: Db; clock: Clock; metrics: Metrics };

/**
 * Runs a round of a job, measures it, and keeps how many rounds failed in a row: in a table, since the next round may
 * be another process's. What the round gave or threw is passed on.
 */
export function watchJobs({ db, clock, metrics }: WatchJobs) {
  const writtenAt = new Map<string, number>();

  const succeeded = async (job: string, seconds: number): Promise<void> => {
    metrics.jobEnded({ job, seconds, doneAt: await clock(db) });
    if (performance.now() - (writtenAt.get(job) ?? Number.NEGATIVE_INFINITY) < WRITE_SUCCESS_MS) return;
    await forgetFailures(db, job);
    writtenAt.set(job, performance.now());
  };

  const failed = async (job: string, seconds: number): Promise<void> => {
    metrics.jobEnded({ job, seconds, doneAt: null });
    writtenAt.delete(job);
    await countFailure(db, job, await clock(db));
  };

  return async <Result>(job: string, round: () => Promise<Result>): Promise<Result> => {
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    let result: Result;
    try {
      result = await round();
    } catch (error) {
      await failed(job, seconds()).catch(unrecorded);
      throw error;
    }
    await succeeded(job, seconds()).catch(unrecorded);
    return result;
  };
}
