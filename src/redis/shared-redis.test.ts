import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { collectLog } from '../../test/logs.ts';
import { type RedisServer, startRedis } from '../../test/redis-server.ts';
import { openAnswers } from '../cache/answers.ts';
import { keptInRedis } from '../cache/kept-in-redis.ts';
import { openSharedRedis, type SharedRedis } from './shared-redis.ts';

describe.skipIf(inject('redisUrl') === null)('a Redis that is shared', () => {
  let server: RedisServer;
  let redis: SharedRedis;
  const { log, lines } = collectLog();
  const untilBack = () => vi.waitFor(async () => expect(await ping()).toBe('PONG'), { timeout: 20_000 });
  const ping = (by: SharedRedis = redis) => by.ask((client) => client.ping());
  /** What was worked out is kept by the way, and nobody waits for that. */
  const untilKept = (text: string) =>
    vi.waitFor(async () => expect((await keptInRedis(redis, 1000).get('q'))?.text).toBe(text), 20_000);
  const QUESTION = { question: 'q', version: '1.2.3', isSlow: false };

  beforeAll(async () => {
    server = await startRedis();
    redis = openSharedRedis(server.url, 'product:database:', log);
    await untilBack();
  });
  afterAll(async () => {
    redis.close();
    await server.kill();
  });

  it('holds answers for all processes, under names of the product and its database', async () => {
    const here = openAnswers(redis);
    expect(await here(QUESTION, async () => 'worked out')).toBe('worked out');
    await untilKept('worked out');
    const work = vi.fn<() => Promise<string>>(async () => 'anew');
    expect(await openAnswers(redis)(QUESTION, work)).toBe('worked out');
    expect(work).not.toHaveBeenCalled();
    const plain = openSharedRedis(server.url, '', log);
    await vi.waitFor(
      async () => expect(await plain.ask((client) => client.keys('*'))).toEqual(['product:database:answer:q']),
      20_000,
    );
    const ttl = await plain.ask((client) => client.pttl('product:database:answer:q'));
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(300_000);
    plain.close();
  });

  it('gives no answer of another version, keeps one a question, and none that cannot be read', async () => {
    const [one, other] = [openAnswers(redis), openAnswers(redis)];
    expect(await one({ ...QUESTION, version: '2' }, async () => 'newer')).toBe('newer');
    await untilKept('newer');
    expect(await other(QUESTION, async () => 'anew')).toBe('anew');
    await untilKept('anew');
    expect(await redis.ask((client) => client.dbsize())).toBe(1);
    for (const broken of ['', 'no end', '1.2.3\nnot packed']) {
      await redis.ask((client) => client.set('answer:q', broken));
      expect(await openAnswers(redis)(QUESTION, async () => `not ${broken}`)).toBe(`not ${broken}`);
      await untilKept(`not ${broken}`);
    }
  });

  it('does without what is emptied away', async () => {
    await redis.ask((client) => client.flushall());
    expect(await openAnswers(redis)(QUESTION, async () => 'after')).toBe('after');
  });

  it('keeps nothing that is too large, and what it says no to is only not kept', async () => {
    const noise = Array.from({ length: 80_000 }, () => Math.random()).join();
    expect(await openAnswers(redis)({ ...QUESTION, question: 'large' }, async () => noise)).toBe(noise);
    await redis.ask((client) => client.config('SET', 'maxmemory', '1'));
    await keptInRedis(redis, 1000).set('full', { version: '1', text: 'x' });
    // It says no, and yet is not taken for one that is gone.
    expect(await ping()).toBe('PONG');
    await redis.ask((client) => client.config('SET', 'maxmemory', '0'));
    expect([await keptInRedis(redis, 1000).get('full'), await keptInRedis(redis, 1000).get('large')]).toEqual([
      null,
      null,
    ]);
  });

  it('that stands still holds up one question in a second, and not all', async () => {
    server.pause();
    const asked = vi.fn<() => void>();
    const answers = Array.from({ length: 200 }, (_, index) => index);
    for (const index of answers) {
      const answer = await openAnswers({
        ...redis,
        ask: (run) =>
          redis.ask((client) => {
            asked();
            return run(client);
          }),
      })({ ...QUESTION, question: `paused ${index}` }, async () => `own ${index}`);
      expect(answer).toBe(`own ${index}`);
    }
    expect(asked.mock.calls.length).toBeLessThan(20);
    server.goOn();
    await untilBack();
  });

  it('that is killed is done without at once, is found again, and fills no log', async () => {
    await server.kill();
    const answers = openAnswers(redis);
    for (let index = 0; index < 200; index += 1)
      expect(await answers({ ...QUESTION, question: `gone ${index}` }, async () => `own ${index}`)).toBe(
        `own ${index}`,
      );
    server = await startRedis(server.port);
    await untilBack();
    expect(await openAnswers(redis)(QUESTION, async () => 'again')).toBe('again');
    const warnings = lines.filter(({ level }) => level >= 40);
    expect(warnings.length).toBeGreaterThan(0);
    expect(warnings.length).toBeLessThan(20);
  });
});
