import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { thisContext, type Within } from '../context.ts';
import { messageOf } from '../errors.ts';
import { seldom } from '../seldom.ts';
import {
  countJobs,
  isAnswering,
  type OpenQueue,
  openQueue,
  PROCESS_SESSIONS,
  type QueueLocation,
  type QueueName,
  SEND_REPORT,
} from './backend.ts';
import { originHere } from './origin.ts';
import { steady } from './steady.ts';

/**
 * Says "look now" to whoever works. Signals are sent after the commit, never awaited and never kept: what a lost one
 * would have said stands in the tables, and a sweep finds it.
 */
export type Signals = {
  sessionsWaiting: () => void;
  reportsWaiting: (reportIds: readonly string[]) => void;
  /** Whether the queue answers now. */
  isConnected: () => Promise<boolean>;
  /** How many jobs the queue holds; rejects, or takes its time, while it is gone. */
  counts: () => Promise<QueueCounts>;
  close: () => Promise<void>;
};

/** The queues are those of now: one that could not be reached at first is replaced. */
export type OpenSignals = Signals & { queues: () => readonly OpenQueue[] };

/** Jobs by queue and state. */
export type QueueCounts = Record<QueueName, Record<string, number>>;

/** Under load any number of signals to look become one, which carries the origin of the first. */
export function openSignals(location: QueueLocation, log: Logger): OpenSignals {
  const open = (name: QueueName) => {
    const failed = seldom((error: Error) =>
      log.warn({ queue: name, reason: error.message }, 'queue connection failed'),
    );
    const openOne = () => {
      const queue = openQueue(location, name);
      queue.on('error', failed);
      return queue;
    };
    return steady(openOne, failed);
  };
  const sessions = open(PROCESS_SESSIONS);
  const reports = open(SEND_REPORT);
  const lost = (queue: string) =>
    seldom((error: unknown) =>
      log.warn({ queue, reason: messageOf(error) }, 'signal not sent, the next sweep will find the work'),
    );
  const sessionsLost = lost(PROCESS_SESSIONS);
  const reportsLost = lost(SEND_REPORT);

  const look = coalesced(async () => {
    await sessions
      .current()
      // Without keepLastIfActive a signal that comes while a job runs would be dropped with its work undone.
      .add('look', originHere(), { deduplication: { id: 'look', keepLastIfActive: true } })
      .catch(sessionsLost);
  });

  return {
    sessionsWaiting: look.want,
    reportsWaiting: (reportIds) => {
      const data = originHere();
      const jobs = reportIds.map((jobId) => ({ name: 'send', data, opts: { ...REPORT_JOB, jobId } }));
      reports.current().addBulk(jobs).catch(reportsLost);
    },
    queues: () => [sessions.current(), reports.current()],
    isConnected: () => isAnswering(sessions.current()),
    counts: async () => {
      const [looks, sends] = await Promise.all([countJobs(sessions.current()), countJobs(reports.current())]);
      return { [PROCESS_SESSIONS]: looks, [SEND_REPORT]: sends };
    },
    close: async () => {
      // To a Redis that is gone nobody can say goodbye: BullMQ would throw, and go on looking for it.
      const isHere = await isAnswering(sessions.current());
      if (isHere) await look.finish();
      for (const part of [sessions, reports]) part.stop();
      const queues = [sessions.current(), reports.current()];
      await Promise.all(queues.map((queue) => (isHere ? queue.close() : queue.getBackend().close(true))));
    },
  };
}

/** Attempts are counted in the row, not here: a job lives until its report is sent or has failed. */
const REPORT_JOB = { attempts: 10_000, backoff: { type: 'custom' } };

/** Time for others to join a signal under load; the first after a pause goes at once. */
const GAP_MS = 50;

/** Runs `run` at once when it is wanted, then at most once in a gap, each time in the context of who wanted it first. */
function coalesced(run: () => Promise<void>): { want: () => void; finish: () => Promise<void> } {
  const finishing = new AbortController();
  let wanted: Within | null = null;
  let running: Promise<void> | null = null;
  const loop = async () => {
    while (wanted !== null) {
      const within: Within = wanted;
      wanted = null;
      await within(run);
      await wait(GAP_MS, undefined, { signal: finishing.signal }).catch(() => {});
    }
    running = null;
  };
  return {
    want: () => {
      wanted ??= thisContext();
      running ??= loop();
    },
    finish: async () => {
      finishing.abort();
      await running;
    },
  };
}
