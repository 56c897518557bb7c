import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { isChromiumMissing, launchChromium } from '../../../test/chromium.ts';
import { collectLog } from '../../../test/logs.ts';
import { queueBackends, type TestQueue } from '../../../test/queues.ts';
import { signIn, type TestUser } from '../../../test/sign-in.ts';
import { boardQueues } from '../../queue/board.ts';
import { type OpenSignals, openSignals } from '../../queue/signals.ts';

const REPORT = '0b1c8f0e-6f6e-4c55-9d0a-5a2f3a7c1d11';

for (const backend of queueBackends(6)) {
  describe.skipIf(backend.isMissing)(`the page of the queues on ${backend.kind}`, () => {
    let queue: TestQueue;
    let signals: OpenSignals;
    let api: TestApp;
    let admin: TestUser;
    let isThere = true;

    beforeAll(async () => {
      queue = await backend.open();
      signals = openSignals(queue.location, collectLog().log);
      const isConnected = async () => isThere && signals.isConnected();
      api = await createTestApp({ signals: { ...signals, isConnected }, queues: () => boardQueues(signals.queues()) });
      admin = await signIn(api, 'admin');
    });
    afterAll(async () => {
      await api.close();
      await signals.close();
      await queue.drop();
    });

    const ask = (url: string, method: 'GET' | 'PUT' | 'POST' = 'GET') =>
      api.app.inject({ method, url: `/api/queues${url}`, headers: admin.headers });

    it('shows both queues and what waits in them', async () => {
      signals.reportsWaiting([REPORT]);
      const counts = async () => {
        const answer = await ask('/api/queues');
        expect(answer.statusCode).toBe(200);
        const { queues } = answer.json();
        return queues.map((one: { name: string; counts: { waiting: number }; readOnlyMode: boolean }) => [
          one.name,
          one.counts.waiting,
          one.readOnlyMode,
        ]);
      };
      const expected = [
        ['process-sessions', 0, true],
        ['send-report', 1, true],
      ];
      await expect.poll(counts, { timeout: 20_000 }).toEqual(expected);
      expect((await ask(`/api/queues/send-report/${REPORT}`)).json().job.id).toBe(REPORT);
    });

    it('changes nothing', async () => {
      const changes = ['/api/queues/pause', '/api/queues/send-report/empty', `/api/queues/send-report/${REPORT}/clean`];
      for (const change of changes) expect((await ask(change, 'PUT')).statusCode).toBe(404);
      expect((await ask('/api/queues/send-report/add', 'POST')).statusCode).toBe(404);
    });

    it('answers in the one shape of errors', async () => {
      const refused = await api.app.inject({ url: '/api/queues' });
      expect([refused.statusCode, refused.json().error]).toEqual([401, 'unauthenticated']);
      isThere = false;
      const gone = await ask('/api/queues');
      isThere = true;
      expect([gone.statusCode, gone.json().error]).toEqual([503, 'unavailable']);
    });

    it.each([
      '/api/queues?activeQueue=send-report&status=active&page=99999999999999999999',
      '/api/queues/send-report/%00',
      '/api/queues/send-report/%00/logs',
    ])('refuses %s', async (url) => {
      const { statusCode, json } = await ask(url);
      expect([statusCode, json().error]).toEqual([400, 'unreadable']);
    });

    // To a browser the page is the same wherever the queue lives.
    if (backend.kind === 'redis') return;

    it.skipIf(isChromiumMissing)('runs in a browser under the policy of all pages', async () => {
      const address = await api.app.listen({ port: 0, host: '127.0.0.1' });
      const browser = await launchChromium();
      const page = await browser.newPage({ extraHTTPHeaders: { cookie: admin.headers.cookie } });
      const refusals: string[] = [];
      page.on('console', (message) => {
        if (/Content.Security.Policy|Refused|blocked/i.test(message.text())) refusals.push(message.text());
      });
      page.on('pageerror', (error) => refusals.push(error.message));
      await page.goto(`${address}/api/queues`);
      await page.getByText('send-report').first().waitFor();
      await page.getByText('process-sessions').first().waitFor();
      await page.goto(`${address}/api/queues/queue/send-report`);
      await page.getByText(REPORT).first().waitFor();
      expect(refusals).toEqual([]);
      await browser.close();
    });
  });
}
