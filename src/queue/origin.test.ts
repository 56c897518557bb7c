import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { collectLog } from '../../test/logs.ts';
import { queueBackends, type TestQueue } from '../../test/queues.ts';
import { currentIds, inContext } from '../context.ts';
import { PROCESS_SESSIONS, SEND_REPORT } from './backend.ts';
import { originOf } from './origin.ts';
import { type RunningWorker, runWorker } from './run-worker.ts';
import { openSignals, type Signals } from './signals.ts';

const UNLIMITED = { softMs: 60_000, hardMs: 60_000, onHardLimit: () => {} };

for (const backend of queueBackends(7)) {
  describe.skipIf(backend.isMissing)(`the origin of a job on ${backend.kind}`, () => {
    let queue: TestQueue;
    let signals: Signals;
    let worker: RunningWorker | null;
    const { log } = collectLog();

    beforeEach(async () => {
      queue = await backend.open();
      signals = openSignals(queue.location, log);
      worker = null;
    });
    afterEach(async () => {
      await worker?.close();
      await signals.close();
      await queue.drop();
    });

    test('is the request that a signal came from, the first of several', async () => {
      const contexts: object[] = [];
      for (const request_id of ['first', 'second']) inContext({ request_id }, signals.sessionsWaiting);
      inContext({ request_id: 'third' }, () => signals.reportsWaiting(['report-1']));
      const note = async () => {
        contexts.push(currentIds());
        return null;
      };
      const handlers = { processSessions: async () => void (await note()), sendReport: note };
      worker = runWorker(queue.location, handlers, UNLIMITED, log);
      const expected = [
        { job: PROCESS_SESSIONS, job_id: expect.any(String), request_id: 'first' },
        { job: SEND_REPORT, job_id: 'report-1', request_id: 'third' },
      ];
      await vi.waitFor(() => expect(contexts).toEqual(expect.arrayContaining(expected)), { timeout: 20_000 });
    });
  });
}

describe('an origin', () => {
  it.each([null, 'text', [], { request_id: 7 }, { request_id: 'x'.repeat(100) }, { other: 'a' }])(
    'is none in data such as %j',
    (data) => expect(originOf(data)).toEqual({}),
  );
});
