import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { getJson, TEST_KEY } from '../../test/http.ts';
import { listenOnLoopback } from '../../test/ports.ts';
import { expectGone, familyOf, serversOn } from '../../test/process-table.ts';
import { type Environment, type Program, programs } from '../../test/processes.ts';
import { startRedis } from '../../test/redis-server.ts';

const app = programs();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function startApi(environment: Environment = {}): Promise<{ api: Program; address: string }> {
  const all = { DATABASE_URL: database.connectionString, API_KEY: TEST_KEY, LOG_LEVEL: 'debug', ...environment };
  const api = await app.start(['api'], all);
  return { api, address: await api.says(/runs at (http:\S+)/) };
}

// All but the one that is still being opened end before the last deadline: each wait has an end of its own.
describe.concurrent('an API that is asked to stop', { timeout: 90_000 }, () => {
  test('waits for a request that never comes to its end for some time, no longer', async ({
    expect,
    onTestFinished,
  }) => {
    const { api, address } = await startApi();
    const sender = await beginToSend(address);
    onTestFinished(() => void sender.destroy());
    const dripping = setInterval(() => sender.write(' '), 1_000);
    const broken = once(sender, 'close').finally(() => clearInterval(dripping));
    const ended = await api.stop('SIGTERM');
    await broken;
    expect(ended.code).toBe(0);
    expect(ended.stderr).not.toContain('did not close');
  });

  test('says of PostgreSQL, which stands still, that it is left as it is', async ({ expect }) => {
    const DATA_DIR = await app.newDir();
    await app.run(['setup-db', '--init'], { DATA_DIR });
    const { api, address } = await startApi({ DATA_DIR, DATABASE_URL: '' });
    await getJson(address, '/api/tutors');
    const [server] = await serversOn(DATA_DIR);
    if (server === undefined) throw new Error('no server runs');
    const stopped = await familyOf(server);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    const ended = await api.stop('SIGTERM');
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
    expect(ended.code).toBe(1);
    const left = Array.from(
      ended.stderr.matchAll(/"what":"([^"]+)".*"msg":"a part did not close/g),
      ([, what]) => what,
    );
    expect(left).toContain('the database');
    expect(ended.stderr).not.toContain('giving up');
  });

  test('gives up when the database says nothing more while it is opened', async ({ expect, onTestFinished }) => {
    const silent = createServer();
    onTestFinished(() => void silent.close());
    const asked = letInAndListen(silent);
    const DATABASE_URL = `postgres://nobody@127.0.0.1:${await listenOnLoopback(silent)}/nothing`;
    const api = await app.start(['api'], { DATABASE_URL, API_KEY: TEST_KEY });
    const socket = await asked;
    onTestFinished(() => void socket.destroy());
    const ended = await api.stop('SIGTERM');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/"waiting_for":null,"msg":"not stopped after 30 s, giving up"/);
  });

  test.skipIf(inject('redisUrl') === null)(
    'does not wait for a Redis that stands still',
    async ({ expect, onTestFinished }) => {
      const redis = await startRedis();
      onTestFinished(() => redis.kill());
      const { api, address } = await startApi({ REDIS_URL: redis.url });
      await getJson(address, '/api/tutors');
      redis.pause();
      expect(await api.stop('SIGTERM')).toMatchObject({ code: 0 });
    },
  );

  test('does not wait for a collector of traces that takes them and never answers', async ({
    expect,
    onTestFinished,
  }) => {
    const held: Socket[] = [];
    const collector = createServer((socket) => void held.push(socket.on('error', () => {}).resume()));
    const port = await listenOnLoopback(collector);
    onTestFinished(() => {
      for (const socket of held) socket.destroy();
      collector.close();
    });
    const { api, address } = await startApi({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    await getJson(address, '/api/tutors');
    expect(await api.stop('SIGTERM')).toMatchObject({ code: 0 });
    expect(held).not.toEqual([]);
  });

  test('does not wait for a reader of its log who is gone', async ({ expect }) => {
    const { api, address } = await startApi();
    api.hangUp();
    await getJson(address, '/api/livez');
    expect(await api.stop('SIGTERM')).toMatchObject({ code: 0, signal: null });
  });

  test('kills itself when nobody reads its log, for which its exit would wait for ever', async ({ expect }) => {
    const { api, address } = await startApi();
    api.ignore(true);
    for (let round = 0; round < 30; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => getJson(address, '/api/livez')));
    }
    const ended = api.stop('SIGTERM');
    await expectGone([api.pid]);
    api.ignore(false);
    expect(await ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  });
});

/** Resolves when somebody, let in as PostgreSQL does, has asked the first question. Nothing is answered. */
async function letInAndListen(server: Server): Promise<Socket> {
  const connected = Promise.withResolvers<Socket>();
  server.once('connection', connected.resolve);
  const socket = (await connected.promise).on('error', () => {});
  await once(socket, 'data');
  // Authenticated, and ready for a query.
  socket.write(Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1'));
  await once(socket, 'data');
  return socket;
}

/** The head of a request and the beginning of its body. */
async function beginToSend(address: string): Promise<Socket> {
  const { port, hostname } = new URL(address);
  const socket = connect(Number(port), hostname).on('error', () => {});
  const head = ['POST /api/sessions HTTP/1.1', 'host: localhost', `x-api-key: ${TEST_KEY}`, 'content-length: 1000'];
  socket.write(`${[...head, 'content-type: application/json', 'expect: 100-continue'].join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  socket.write('{');
  return socket;
}
