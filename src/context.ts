import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf something is done. Every log line carries it, and nothing is decided by it. */
export type Ids = {
  /** Of the request that is answered, or that caused the job. */
  request_id?: string;
  /** How many requests a group commit works for, when there are several; `request_id` is the first of them. */
  requests?: number;
  job?: string;
  job_id?: string;
  sweep?: string;
  /** Of one round of a sweep. */
  run_id?: string;
};

const storage = new AsyncLocalStorage<Ids>();

/** Runs `run`, and whatever it awaits or starts, under `ids` beside those that hold already. */
export function inContext<Result>(ids: Ids, run: () => Result): Result {
  return storage.run({ ...storage.getStore(), ...ids }, run);
}

/** The ids that hold here; empty when nobody asked. */
export function currentIds(): Ids {
  return storage.getStore() ?? {};
}

/** Runs something in the context that was there when it was taken. */
export type Within = <Result>(run: () => Result) => Result;

/** The whole context of here and now, for a later moment that would have another one: a queue, a timer, a stream. */
export function thisContext(): Within {
  return AsyncLocalStorage.snapshot();
}
