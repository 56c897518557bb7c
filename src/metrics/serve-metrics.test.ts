import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectLog } from '../../test/logs.ts';
import { createMetrics } from './metrics.ts';
import { serveMetrics } from './serve-metrics.ts';

const TOKEN = 'a-token-of-the-tests';
const { log, lines } = collectLog();
const door = (port: number) => serveMetrics({ host: '127.0.0.1', port, token: TOKEN }, metrics, log);

const metrics = createMetrics('worker', 'test');
let served: Awaited<ReturnType<typeof serveMetrics>>;
let port: number;
beforeAll(async () => {
  served = await door(0);
  port = Number(lines.map((line) => Reflect.get(line, 'port')).find(Boolean));
});
afterAll(() => served.close());

const ask = (path: string, authorization = `Bearer ${TOKEN}`) =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } });

it('gives the metrics of the process to who has the token, and its pulse to all', async () => {
  metrics.mailTried({ provider: 'smtp', outcome: 'sent', seconds: 0.2 });
  metrics.tutorScored(0.3);
  const answer = await ask('/metrics');
  const text = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  expect(text).toContain('tq_mail_sends_total{provider="smtp",outcome="sent",process="worker"} 1');
  expect(text).toContain('tq_score_latency_seconds_bucket{le="0.5",process="worker"} 1');
  expect((await ask('/metrics?x=1', 'Bearer wrong')).status).toBe(401);
  expect((await ask('/livez', '')).status).toBe(200);
  expect((await ask('/', '')).status).toBe(404);
});

it('does without where somebody else listens, and says so', async () => {
  const second = await door(port);
  expect(lines).toContainEqual(expect.objectContaining({ level: 50, msg: 'metrics cannot be served' }));
  await second.close();
  expect((await ask('/livez')).status).toBe(200);
});
