import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createTestApp } from '../../test/app.ts';
import { TEST_KEY } from '../../test/http.ts';
import { collectLog } from '../../test/logs.ts';
import { type RedisServer, startRedis } from '../../test/redis-server.ts';
import { openSharedRedis, type SharedRedis } from '../redis/shared-redis.ts';
import { sharedCounts } from './shared-counts.ts';

const FIVE = { max: 5, windowMs: 60_000 };

describe.skipIf(inject('redisUrl') === null)('counts in Redis', () => {
  let server: RedisServer;
  let processes: SharedRedis[];
  const { log } = collectLog();
  const untilBack = () =>
    vi.waitFor(
      async () => {
        for (const redis of processes) expect(await redis.ask((client) => client.ping())).toBe('PONG');
      },
      { timeout: 20_000 },
    );
  beforeAll(async () => {
    server = await startRedis();
    processes = [1, 2].map(() => openSharedRedis(server.url, 'test:', log));
    await untilBack();
  });
  afterAll(async () => {
    for (const redis of processes) redis.close();
    await server.kill();
  });

  it('are one for all processes, however many take at once', async () => {
    const all = processes.map((redis) => sharedCounts(redis, 'at-once', () => 0));
    const taken = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => all[index % 2]?.take('a@example.com', FIVE)),
    );
    expect(taken.map((each) => each?.count).toSorted()).toEqual([
      1,
      2,
      3,
      4,
      5,
      ...Array.from({ length: 35 }, () => 6),
    ]);
    expect(taken.every((each) => each !== undefined && each.endsInMs > 0 && each.endsInMs <= FIVE.windowMs)).toBe(true);
    await all[1]?.giveBack('a@example.com');
    expect((await all[0]?.take('a@example.com', FIVE))?.count).toBe(5);
    expect((await all[0]?.take('b@example.com', FIVE))?.count).toBe(1);
    const keys = await processes[0]?.ask((client) => client.keys('*'));
    expect(keys?.length).toBe(2);
    expect(JSON.stringify(keys)).not.toContain('example.com');
  });

  it('end with their window', async () => {
    const counts = sharedCounts(processes[0] ?? null, 'short', () => 0);
    const brief = { max: 1, windowMs: 50 };
    expect((await counts.take('a', brief)).count).toBe(1);
    await vi.waitFor(async () => expect((await counts.take('a', brief)).count).toBe(1), 20_000);
  });

  it('limit the requests of two listening APIs together, with 429 and whole seconds', async () => {
    const [first, second] = [processes[0] ?? null, processes[1] ?? null];
    const one = await createTestApp({ redis: first, rateLimit: 5 });
    const other = await createTestApp({ redis: second, rateLimit: 5 }, one);
    const addresses = await Promise.all([one, other].map(({ app }) => app.listen({ port: 0, host: '127.0.0.1' })));
    const ask = (index: number) =>
      fetch(`${addresses[index % 2]}/api/settings`, { headers: { 'x-api-key': TEST_KEY } });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await ask(index)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    for (const index of [0, 1]) {
      const refused = await ask(index);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ error: 'too_many_requests' });
    }
    const enter = async (index: number) =>
      (
        await fetch(`${addresses[index % 2]}/api/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: `${index}@example.com`, password: 'wrong' }),
        })
      ).status;
    const tries: number[] = [];
    for (let index = 0; index < 12; index += 1) tries.push(await enter(index));
    expect(tries).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    await other.close();
    await one.close();
  });

  it('go on in each process while Redis is gone, so that limits hold', async () => {
    const app = await createTestApp({ redis: processes[0] ?? null, rateLimit: 3 });
    await server.kill();
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await app.send({ url: '/api/settings' })).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await app.close();
    const counts = sharedCounts(processes[0] ?? null, 'gone', () => 0);
    expect((await counts.take('a', FIVE)).count).toBe(1);
    await counts.giveBack('a');
    expect((await counts.take('a', FIVE)).count).toBe(1);
  });
});
