import type { Logger } from 'pino';
import { inContext } from '../context.ts';
import { runAlone } from '../database/advisory-lock.ts';
import type { Db } from '../database/connection.ts';
import { messageOf } from '../errors.ts';
import { inSpan } from '../tracing/spans.ts';
import { type TimeLimits, withTimeLimits } from './time-limits.ts';

export type Sweep = { name: string; everyMs: number; run: (signal: AbortSignal) => Promise<void> };

/**
 * Looks for work without being told, in every worker process, one process at a time: a timer and an advisory lock,
 * so that nothing depends on the queue. Returns what stops the sweep, after the round in hand.
 */
export function startSweep(db: Db, sweep: Sweep, limits: TimeLimits, log: Logger): { stop(): Promise<void> } {
  const stopped = new AbortController();
  let round: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;

  const run = async () => {
    try {
      await runAlone(db, `sweep ${sweep.name}`, () =>
        inSpan(`sweep ${sweep.name}`, { kind: 'internal' }, () =>
          withTimeLimits(sweep.name, limits, sweep.run, stopped.signal),
        ),
      );
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'sweep failed, it will run again');
    }
  };
  const next = (afterMs: number) => {
    timer = setTimeout(() => {
      round = inContext({ sweep: sweep.name, run_id: crypto.randomUUID() }, run).finally(() => {
        if (!stopped.signal.aborted) next(sweep.everyMs);
      });
    }, afterMs);
  };
  next(0);

  return {
    stop: async () => {
      stopped.abort();
      clearTimeout(timer);
      await round;
    },
  };
}
