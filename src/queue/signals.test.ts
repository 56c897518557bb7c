import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { collectLog } from '../../test/logs.ts';
import type { Proxy } from '../../test/proxy.ts';
import { queueBackends, type TestQueue, withQueue } from '../../test/queues.ts';
import { PROCESS_SESSIONS, type QueueLocation, type QueueName, SEND_REPORT } from './backend.ts';
import { type RunningWorker, runWorker } from './run-worker.ts';
import { openSignals, type Signals } from './signals.ts';

const UNLIMITED = { softMs: 60_000, hardMs: 60_000, onHardLimit: () => {} };

for (const backend of queueBackends(4)) {
  describe.skipIf(backend.isMissing)(`signals on ${backend.kind}`, () => {
    let queue: TestQueue;
    let line: Proxy & { location: QueueLocation };
    let open: Signals[];
    const { log, lines } = collectLog();

    beforeEach(async () => {
      queue = await backend.open();
      line = await queue.openLine();
      open = [];
      lines.length = 0;
    });

    afterEach(async () => {
      await Promise.all(open.map((signals) => signals.close()));
      await line.cut();
      await queue.drop();
    });

    const signalsOn = (location: QueueLocation): Signals => {
      const signals = openSignals(location, log);
      open.push(signals);
      return signals;
    };

    const waiting = (name: QueueName): Promise<(string | undefined)[]> =>
      withQueue(queue.location, name, async (jobs) => (await jobs.getWaiting()).map(({ id }) => id));

    test('say that the queue answers', async () => {
      const signals = signalsOn(queue.location);
      await vi.waitFor(async () => expect(await signals.isConnected()).toBe(true), 20_000);
    });

    test('name each report once, by its id', async () => {
      const signals = signalsOn(queue.location);
      signals.reportsWaiting(['a', 'b', 'a']);
      signals.reportsWaiting(['b']);
      await vi.waitFor(async () => expect((await waiting(SEND_REPORT)).toSorted()).toEqual(['a', 'b']), 20_000);
    });

    test('are counted by queue and state', async () => {
      const signals = signalsOn(queue.location);
      signals.sessionsWaiting();
      signals.reportsWaiting(['a', 'b']);
      const none = { active: 0, delayed: 0 };
      const counts = { [PROCESS_SESSIONS]: { ...none, waiting: 1 }, [SEND_REPORT]: { ...none, waiting: 2 } };
      await vi.waitFor(async () => expect(await signals.counts()).toEqual(counts), { timeout: 20_000 });
    });

    test('become one while nobody listens', async () => {
      const signals = signalsOn(queue.location);
      for (let sent = 0; sent < 50; sent += 1) {
        signals.sessionsWaiting();
        await signals.isConnected();
      }
      expect(await waiting(PROCESS_SESSIONS)).toHaveLength(1);
    });

    test('are lost without a word to the sender while the queue is gone, and the log says so', async () => {
      const signals = signalsOn(line.location);
      await vi.waitFor(async () => expect(await signals.isConnected()).toBe(true), 20_000);
      await line.cut();
      signals.sessionsWaiting();
      signals.reportsWaiting(['a']);
      const lost = { msg: 'signal not sent, the next sweep will find the work' };
      const isLogged = () => {
        expect(lines).toContainEqual(expect.objectContaining({ ...lost, queue: PROCESS_SESSIONS }));
        expect(lines).toContainEqual(expect.objectContaining({ ...lost, queue: SEND_REPORT }));
      };
      await vi.waitFor(isLogged, { timeout: 20_000 });
      expect(await signals.isConnected()).toBe(false);
    });

    test('can be given to a queue that was never there, and closed', async () => {
      await line.cut();
      const signals = signalsOn(line.location);
      signals.sessionsWaiting();
      signals.reportsWaiting(['a']);
      expect(await signals.isConnected()).toBe(false);
    });

    test('arrive again once the queue is back', async () => {
      const signals = signalsOn(line.location);
      await vi.waitFor(async () => expect(await signals.isConnected()).toBe(true), 20_000);
      await line.cut();
      signals.sessionsWaiting();
      expect(await signals.isConnected()).toBe(false);
      await line.restore();
      await vi.waitFor(async () => expect(await signals.isConnected()).toBe(true), { timeout: 20_000 });
      signals.sessionsWaiting();
      await vi.waitFor(async () => expect(await waiting(PROCESS_SESSIONS)).toHaveLength(1), 20_000);
    });

    test.each(['refuses connections', 'breaks them'])(
      'arrive although the queue came later: first it %s',
      async (how) => {
        if (how === 'breaks them') line.hangUp();
        else await line.cut();
        const signals = signalsOn(line.location);
        signals.sessionsWaiting();
        expect(await signals.isConnected()).toBe(false);
        await line.restore();
        await vi.waitFor(async () => expect(await signals.isConnected()).toBe(true), { timeout: 20_000 });
        signals.sessionsWaiting();
        await vi.waitFor(async () => expect(await waiting(PROCESS_SESSIONS)).toHaveLength(1), 20_000);
      },
    );

    test('reach a worker that lost its line and has it again', async () => {
      let looks = 0;
      const handlers = { processSessions: async () => void (looks += 1), sendReport: async () => null };
      const worker: RunningWorker = runWorker(line.location, handlers, UNLIMITED, log);
      const signals = signalsOn(queue.location);
      signals.sessionsWaiting();
      await vi.waitFor(() => expect(looks).toBe(1), 20_000);
      await line.cut();
      signals.sessionsWaiting();
      await line.restore();
      // Whether the first look was ticked off before the line broke is open: it may be done once more.
      await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(2), { timeout: 25_000 });
      await worker.close();
    });

    test.each(['refuses connections', 'breaks them'])(
      'reach a worker that was there before the queue, and leave it time for other work: first it %s',
      async (how) => {
        if (how === 'breaks them') line.hangUp();
        else await line.cut();
        let looks = 0;
        const handlers = { processSessions: async () => void (looks += 1), sendReport: async () => null };
        const worker = runWorker(line.location, handlers, UNLIMITED, log);
        await vi.waitFor(
          () => expect(lines).toContainEqual(expect.objectContaining({ msg: 'queue connection failed' })),
          20_000,
        );
        await line.restore();
        signalsOn(queue.location).sessionsWaiting();
        await vi.waitFor(() => expect(looks).toBeGreaterThan(0), { timeout: 20_000 });
        await worker.close();
      },
    );

    test('do not keep a worker from closing when the queue is gone, and what it has in hand is finished', async () => {
      const begun = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      let isFinished = false;
      const processSessions = async () => {
        begun.resolve();
        await released.promise;
        isFinished = true;
      };
      const worker = runWorker(line.location, { processSessions, sendReport: async () => null }, UNLIMITED, log);
      signalsOn(queue.location).sessionsWaiting();
      await begun.promise;
      await line.cut();
      const closing = worker.close();
      released.resolve();
      await closing;
      expect(isFinished).toBe(true);
    });
  });
}
