import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gate } from '../../test/gate.ts';
import { collectLog } from '../../test/logs.ts';
import { queueBackends, type TestQueue, withQueue } from '../../test/queues.ts';
import { PROCESS_SESSIONS, type QueueName, SEND_REPORT } from './backend.ts';
import { type Handlers, type RunningWorker, runWorker } from './run-worker.ts';
import { openSignals, type Signals } from './signals.ts';
import type { TimeLimits } from './time-limits.ts';

const UNLIMITED: TimeLimits = { softMs: 60_000, hardMs: 60_000, onHardLimit: () => {} };

for (const backend of queueBackends(3)) {
  describe.skipIf(backend.isMissing)(`a worker on ${backend.kind}`, () => {
    let queue: TestQueue;
    let signals: Signals;
    let workers: RunningWorker[];
    const { log, lines } = collectLog();

    beforeEach(async () => {
      queue = await backend.open();
      signals = openSignals(queue.location, log);
      workers = [];
      lines.length = 0;
    });

    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await signals.close();
      await queue.drop();
    });

    const work = (handlers: Partial<Handlers>, limits: Partial<TimeLimits> = {}): RunningWorker => {
      const all = { processSessions: async () => {}, sendReport: async () => null, ...handlers };
      const worker = runWorker(queue.location, all, { ...UNLIMITED, ...limits }, log);
      workers.push(worker);
      return worker;
    };

    const untilEmpty = (name: QueueName, hasBegun = () => true): Promise<void> =>
      withQueue(queue.location, name, async (jobs) => {
        const isEmpty = async () => {
          expect(hasBegun()).toBe(true);
          const counts = await jobs.getJobCounts('waiting', 'active', 'delayed');
          expect(counts).toEqual({ waiting: 0, active: 0, delayed: 0 });
        };
        await vi.waitFor(isEmpty, { timeout: 20_000 });
      });

    test('looks for sessions when a signal says so, also when it was sent before the worker came', async () => {
      signals.sessionsWaiting();
      const looked = Promise.withResolvers<void>();
      work({ processSessions: async () => looked.resolve() });
      await looked.promise;
    });

    test('looks once more for a signal that comes while it looks', async () => {
      const runs = gate();
      work({ processSessions: runs.pass });
      signals.sessionsWaiting();
      await runs.arrived(1);

      signals.sessionsWaiting();
      await signals.isConnected();
      await signals.isConnected();
      runs.open();
      await runs.arrived(2);
    });

    test('makes a few looks of many signals', async () => {
      const runs = gate();
      work({ processSessions: runs.pass });
      signals.sessionsWaiting();
      await runs.arrived(1);
      for (let sent = 0; sent < 100; sent += 1) {
        signals.sessionsWaiting();
        if (sent % 10 === 0) await signals.isConnected();
      }
      runs.open();
      await runs.arrived(2);
      await untilEmpty(PROCESS_SESSIONS);
      expect(runs.count()).toBeLessThanOrEqual(3);
    });

    test('looks at the next signal after a look that failed', async () => {
      let looks = 0;
      work({
        processSessions: async () => {
          looks += 1;
          if (looks === 1) throw new Error('the first look failed');
        },
      });
      signals.sessionsWaiting();
      const failed = { err: { message: 'the first look failed' }, job: PROCESS_SESSIONS, job_id: expect.any(String) };
      await vi.waitFor(() => expect(lines).toMatchObject([failed]), { timeout: 20_000 });
      await untilEmpty(PROCESS_SESSIONS);
      signals.sessionsWaiting();
      await vi.waitFor(() => expect(looks).toBe(2), 20_000);
    });

    test('looks at a report again when it was asked to, no sooner', async () => {
      const AFTER_MS = 40;
      const times: number[] = [];
      work({
        sendReport: async (id) => {
          expect(id).toBe('report-1');
          times.push(performance.now());
          return times.length < 3 ? AFTER_MS : null;
        },
      });
      signals.reportsWaiting(['report-1']);
      await vi.waitFor(() => expect(times).toHaveLength(3), { timeout: 20_000 });
      await untilEmpty(SEND_REPORT);
      const waits = times.slice(1).map((time, index) => time - (times[index] ?? time));
      // Delays are kept in whole milliseconds.
      expect(Math.min(...waits)).toBeGreaterThan(AFTER_MS - 2);
      expect(lines.filter(({ msg, job }) => msg === 'job failed' && job === SEND_REPORT)).toEqual([]);
    });

    test.each([
      ['met a bug, a minute later', 60_000, new Error('a bug')],
      ['lost a deadlock, a second later', 1_000, deadlock()],
    ])('tries a report again that %s', async (_, delay, error) => {
      let tries = 0;
      work({
        sendReport: async () => {
          tries += 1;
          if (tries === 1) throw error;
          return null;
        },
      });
      signals.reportsWaiting(['report-1']);
      await withQueue(queue.location, SEND_REPORT, async (jobs) => {
        const job = await vi.waitFor(
          async () => {
            const [delayed] = await jobs.getDelayed();
            if (delayed === undefined) throw new Error('not delayed yet');
            return delayed;
          },
          { timeout: 20_000, interval: 20 },
        );
        expect(job).toMatchObject({ id: 'report-1', delay });
        await vi.waitFor(() => expect(JSON.stringify(lines)).toContain(error.message), 20_000);
        await job.promote();
        await vi.waitFor(() => expect(tries).toBe(2), 20_000);
      });
    });

    test('runs a report that was added twice once, and once more when it is added later', async () => {
      const runs = gate();
      const ran: string[] = [];
      const sendReport = async (id: string) => {
        ran.push(id);
        await runs.pass();
        return null;
      };
      work({ sendReport });
      work({ sendReport });
      signals.reportsWaiting(['report-1', 'report-1']);
      await runs.arrived(1);
      signals.reportsWaiting(['report-1', 'report-2']);
      await runs.arrived(2);
      runs.open();
      await untilEmpty(SEND_REPORT);
      expect(ran).toEqual(['report-1', 'report-2']);

      signals.reportsWaiting(['report-1']);
      await runs.arrived(3);
    });

    test('shares reports with other workers, no report with two at once', async () => {
      const ids = Array.from({ length: 40 }, (_, index) => `report-${index}`);
      const tries = new Map<string, number>();
      const running = new Set<string>();
      let overlaps = 0;
      let most = 0;
      const sendReport = async (id: string) => {
        if (running.has(id)) overlaps += 1;
        running.add(id);
        most = Math.max(most, running.size);
        await signals.isConnected();
        running.delete(id);
        tries.set(id, (tries.get(id) ?? 0) + 1);
        return tries.get(id) === 1 ? 10 : null;
      };
      work({ sendReport });
      work({ sendReport });
      signals.reportsWaiting(ids);
      await untilEmpty(SEND_REPORT, () => tries.size === ids.length);
      // PostgreSQL undoes a few of the queue's own statements here, by deadlock: such a report is looked at once more.
      expect(Math.min(...tries.values())).toBeGreaterThanOrEqual(2);
      expect(overlaps).toBe(0);
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(20);
    });

    test('asks a job to stop at the soft limit', async () => {
      const reason = Promise.withResolvers<unknown>();
      const processSessions = async (signal: AbortSignal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        reason.resolve(signal.reason);
      };
      work({ processSessions }, { softMs: 20 });
      signals.sessionsWaiting();
      expect(String(await reason.promise)).toBe('Error: process-sessions took longer than 20 ms');
    });

    test('gives a job up at the hard limit', async () => {
      const runs = gate();
      const givenUp = Promise.withResolvers<string>();
      work(
        { sendReport: async () => runs.pass().then(() => null) },
        { softMs: 10, hardMs: 20, onHardLimit: givenUp.resolve },
      );
      signals.reportsWaiting(['report-1']);
      expect(await givenUp.promise).toBe('send-report');
      runs.open();
    });

    test('finishes what is in hand before it is closed, and takes nothing new', async () => {
      const runs = gate();
      const events: string[] = [];
      const worker = work({
        processSessions: async () => {
          await runs.pass();
          events.push('finished');
        },
      });
      signals.sessionsWaiting();
      await runs.arrived(1);
      signals.sessionsWaiting();
      await signals.isConnected();
      const closing = worker.close().then(() => events.push('closed'));
      await signals.isConnected();
      runs.open();
      await closing;
      expect(events).toEqual(['finished', 'closed']);
      signals.sessionsWaiting();
      await signals.isConnected();
      expect(runs.count()).toBe(1);
    });
  });
}

/** As the server says it to one of two transactions that wait for each other. */
function deadlock(): Error {
  const error = new pg.DatabaseError('deadlock detected', 17, 'error');
  error.code = '40P01';
  return error;
}
