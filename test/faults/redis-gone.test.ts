import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { movedSession } from '../factories.ts';
import { getJson, postSession, TEST_KEY } from '../http.ts';
import { type Program, programs } from '../processes.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';

const app = programs();

describe.skipIf(inject('redisUrl') === null)('an API and a worker whose Redis is killed', () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let api: Program;
  let worker: Program;
  let address: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    const environment = { DATABASE_URL: database.connectionString, REDIS_URL: redis.url, API_KEY: TEST_KEY };
    api = await app.start(['api'], environment);
    worker = await app.start(['worker'], environment);
    address = await api.says(/runs at (http:\S+)/);
    await worker.says(/Worker runs/);
  });
  afterAll(async () => {
    await redis.kill();
    await database.drop();
  });

  const health = () => getJson(address, '/api/health');
  const post = async (count: number): Promise<void> => {
    for (let sent = 0; sent < count; sent += 1) {
      expect(await postSession(address, movedSession())).toEqual({ status: 202, outcome: 'created' });
    }
  };
  const untilReported = (count: number) =>
    vi.waitFor(
      async () => expect(await getJson(address, '/api/reports?status=sent&limit=1')).toMatchObject({ total: count }),
      { timeout: 20_000 },
    );

  test('work while it is there', async () => {
    expect(await health()).toMatchObject({ status: 'healthy', redis: 'connected', queue: 'connected' });
    await post(5);
    await untilReported(5);
  });

  test('go on accepting sessions at once while it is gone, and say that they are degraded', async () => {
    await redis.kill();
    await post(20);
    expect(await health()).toMatchObject({ status: 'degraded', database: 'connected', redis: 'disconnected' });
    await post(20);
  });

  test('take up their work when it is back, with nothing in it', async () => {
    redis = await startRedis(redis.port);
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: 'healthy' }), { timeout: 20_000 });
    await post(1);
    await untilReported(46);
  });

  test('stop when they are asked to, although it is gone again', async () => {
    await redis.kill();
    await post(1);
    expect(await api.stop('SIGTERM')).toMatchObject({ code: 0 });
    expect(await worker.stop('SIGTERM')).toMatchObject({ code: 0 });
  });
});
