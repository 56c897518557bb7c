import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../app.ts';
import { collectLog } from '../logs.ts';
import { fuzz } from './run.ts';
import { openTarget } from './target.ts';

const REQUESTS = 600;

const { log, lines } = collectLog();
let api: TestApp;
let address: string;
beforeAll(async () => {
  api = await createTestApp({ log });
  address = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

it('answers hostile requests as documented, and stores nothing but what it accepts', async () => {
  const between = async () => {
    await api.work();
    return lines.splice(0).flatMap((line) => (line.level >= 50 ? [JSON.stringify(line)] : []));
  };
  const target = await openTarget({ ...api, address, apiKey: API_KEY, between });
  const { tally, faults } = await fuzz(target, { seed: 5, from: 0, until: REQUESTS, chunk: 200, connections: 8 });
  expect(faults).toEqual([]);
  expect(tally.countOf('202')).toBeGreaterThan(20);
  expect(tally.countOf('400')).toBeGreaterThan(20);
  expect(tally.countOf('422')).toBeGreaterThan(20);
}, 120_000);
