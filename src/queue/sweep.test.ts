import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { gate } from '../../test/gate.ts';
import { collectLog } from '../../test/logs.ts';
import { openDatabaseLine } from '../../test/proxy.ts';
import { connect, type Db } from '../database/connection.ts';
import { type Sweep, startSweep } from './sweep.ts';
import type { TimeLimits } from './time-limits.ts';

const UNLIMITED: TimeLimits = { softMs: 60_000, hardMs: 60_000, onHardLimit: () => {} };
const SOON_MS = 5;

describe('a sweep', () => {
  let database: TestDatabase;
  let other: Db;
  let started: { stop(): Promise<void> }[] = [];
  const { log, lines } = collectLog();

  beforeAll(async () => {
    database = await createTestDatabase();
    other = connect(database.connectionString);
  });

  afterEach(async () => {
    await Promise.all(started.map((sweep) => sweep.stop()));
    started = [];
    lines.length = 0;
  });

  afterAll(async () => {
    await other.destroy();
    await database.drop();
  });

  const start = (db: Db, run: Sweep['run'], options: Partial<Sweep & TimeLimits> = {}) => {
    const { name = 'test', everyMs = SOON_MS, ...limits } = options;
    const sweep = startSweep(db, { name, everyMs, run }, { ...UNLIMITED, ...limits }, log);
    started.push(sweep);
    return sweep;
  };

  test('begins at once, without a queue, and comes back', async () => {
    const rounds = counter();
    start(database.db, rounds.run);
    await rounds.reach(3);
  });

  test('runs in one process at a time; when that stops, another goes on', async () => {
    const held = gate();
    const first = start(database.db, held.pass);
    await held.arrived(1);
    const waiting = counter();
    const unrelated = counter();
    start(other, waiting.run);
    start(other, unrelated.run, { name: 'unrelated' });
    await unrelated.reach(5);
    const meanwhile = waiting.rounds();

    const stopped = first.stop();
    held.open();
    await stopped;
    await waiting.reach(1);
    expect([meanwhile, held.count()]).toEqual([0, 1]);
  });

  test('comes back after a round that failed, and the log says so', async () => {
    let rounds = 0;
    start(database.db, async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('a bad round');
    });
    await vi.waitFor(() => expect(rounds).toBeGreaterThan(1), 20_000);
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'sweep failed, it will run again',
        reason: 'a bad round',
        sweep: 'test',
        run_id: expect.any(String),
      }),
    );
  });

  test('comes back after the database was gone', async () => {
    const line = await openDatabaseLine(database.connectionString);
    const db = connect(line.connectionString);
    const rounds = counter();
    const sweep = start(db, rounds.run);
    await rounds.reach(1);
    await line.cut();
    await vi.waitFor(
      () => expect(lines).toContainEqual(expect.objectContaining({ msg: 'sweep failed, it will run again' })),
      20_000,
    );
    const before = rounds.rounds();
    await line.restore();
    await rounds.reach(before + 2);
    await sweep.stop();
    await db.destroy();
    await line.cut();
  });

  test('asks the round in hand to stop, waits for it, and begins no other', async () => {
    const events: string[] = [];
    const begun = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const sweep = start(database.db, async (signal) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      events.push('asked');
      await released.promise;
      events.push('finished');
    });
    await begun.promise;
    const stopped = sweep.stop().then(() => events.push('stopped'));
    await vi.waitFor(() => expect(events).toEqual(['asked']), 20_000);
    released.resolve();
    await stopped;
    const unrelated = counter();
    start(other, unrelated.run, { name: 'unrelated' });
    await unrelated.reach(5);
    expect(events).toEqual(['asked', 'finished', 'stopped']);
  });

  test('asks a round to stop at the soft limit, and gives it up at the hard one', async () => {
    const givenUp = Promise.withResolvers<string>();
    const reason = Promise.withResolvers<unknown>();
    const limits = { softMs: 10, hardMs: 20, onHardLimit: givenUp.resolve };
    start(
      database.db,
      async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        reason.resolve(signal.reason);
        await givenUp.promise;
      },
      limits,
    );
    expect(await reason.promise).toEqual(new Error('test took longer than 10 ms'));
    expect(await givenUp.promise).toBe('test');
  });
});

function counter() {
  let count = 0;
  return {
    run: async () => void (count += 1),
    rounds: () => count,
    reach: (wanted: number) => vi.waitFor(() => expect(count).toBeGreaterThanOrEqual(wanted), { timeout: 20_000 }),
  };
}
