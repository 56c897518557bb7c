import fastify from 'fastify';
import { expect, it } from 'vitest';
import { expose } from '../../metrics/expose.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import { measureRequests } from './measure-requests.ts';

it('counts a stream, whose length says nothing of how fast we are, and does not time it', async () => {
  const metrics = createMetrics('api', 'test');
  const app = fastify();
  measureRequests(app, metrics);
  app.get('/stream', { config: { isStream: true } }, () => 'all of it');
  app.get('/page/:id', () => 'a page');
  for (const url of ['/stream', '/page/7', '/page/8']) await app.inject({ url });
  await app.close();
  const text = await expose([await metrics.snapshot()], []);
  const timed = Array.from(text.matchAll(/^tq_http_request_duration_seconds_count\{(.*)process="api"\} (\d+)$/gm));
  expect(timed.map(([, labels, count]) => [labels, count])).toEqual([
    ['method="GET",route="/page/:id",status="200",', '2'],
  ]);
  expect(text).toContain('tq_http_requests_total{method="GET",route="/stream",status="200",process="api"} 1');
});
