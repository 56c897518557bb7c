import { once } from 'node:events';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { openDatabaseLine, wayTo } from '../../test/proxy.ts';
import { announce, CHANGES_CHANNEL } from './announce.ts';
import { listen } from './listen.ts';

describe('listening', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(() => database.drop());

  it('hears what is announced, in order', async () => {
    const { messages } = await start();
    await announce(database.db, { scores: 2 });
    await announce(database.db, { reports: 1 });
    await vi.waitFor(() => expect(messages).toEqual(['{"scores":2}', '{"reports":1}']), 20_000);
  });

  it('hears of a transaction when it commits, and never of one that does not', async () => {
    const { messages } = await start();
    const undone = await database.db.startTransaction().execute();
    await announce(undone, { scores: 1 });
    await undone.rollback().execute();
    await database.db.transaction().execute((tx) => announce(tx, { scores: 2 }));
    await vi.waitFor(() => expect(messages).toEqual(['{"scores":2}']), 20_000);
  });

  it('does not hear other channels, and hears one of any name', async () => {
    const { messages } = await start('Odd "name"');
    await announce(database.db, { scores: 1 });
    await sql`select pg_notify('Odd "name"', 'mine')`.execute(database.db);
    await vi.waitFor(() => expect(messages).toEqual(['mine']), 20_000);
  });

  it('comes back after its connection is cut, says so by an empty message, and hears again', async () => {
    const { messages } = await start();
    for (const round of [1, 2]) {
      await cutConnections();
      await vi.waitFor(() => expect(messages.filter((message) => message === '')).toHaveLength(round), WITHIN);
      expect(await countListening()).toBe(1);
    }
    await announce(database.db, { settings: 1 });
    await vi.waitFor(() => expect(messages).toEqual(['', '', '{"settings":1}']), 20_000);
  });

  it('keeps trying while the server cannot be reached', async () => {
    const gate = await openGate();
    const { messages } = await start(CHANGES_CHANNEL, gate.url);
    gate.mode = 'refuse';
    const refused = once(gate.server, 'connection');
    await cutConnections();
    await refused;
    gate.mode = 'pass';
    await vi.waitFor(() => expect(messages).toEqual(['']), WITHIN);
  });

  it('gives up a line that has become silent, and hears again on another one', async () => {
    const line = await openDatabaseLine(database.connectionString);
    onTestFinished(() => line.cut());
    const { messages } = await start(CHANGES_CHANNEL, line.connectionString, 400);
    await line.silence();
    await vi.waitFor(() => expect(messages).toEqual(['']), WITHIN);
    await announce(database.db, { settings: 1 });
    await vi.waitFor(() => expect(messages).toEqual(['', '{"settings":1}']), 20_000);
  });

  it('leaves no connection when it is closed', async () => {
    const { listening } = await start();
    expect(await countListening()).toBe(1);
    await listening.close();
    await vi.waitFor(async () => expect(await countListening()).toBe(0), 20_000);
  });

  it('can be closed while its connection is cut', async () => {
    const { listening, messages } = await start();
    await cutConnections();
    await listening.close();
    expect(await countListening()).toBe(0);
    expect(messages).toEqual([]);
  });

  it('leaves no connection when it is closed while it comes back', async () => {
    const gate = await openGate();
    const { listening, messages } = await start(CHANGES_CHANNEL, gate.url);
    gate.mode = 'hold';
    const held = once(gate.server, 'connection');
    await cutConnections();
    await held;
    const closed = listening.close();
    await gate.letPassUntilClosed();
    await closed;
    expect(messages).toEqual([]);
  });

  it('fails at once when the database cannot be reached at the start', async () => {
    const url = new URL(database.connectionString);
    url.pathname = '/no_such_database';
    await expect(listen(url.toString(), CHANGES_CHANNEL, () => {})).rejects.toThrow('does not exist');
  });

  async function start(channel = CHANGES_CHANNEL, connectionString = database.connectionString, silenceMs?: number) {
    const messages: string[] = [];
    const listening = await listen(connectionString, channel, (message) => messages.push(message), silenceMs);
    onTestFinished(async () => {
      await listening.close();
      await vi.waitFor(async () => expect(await countListening()).toBe(0), 20_000);
    });
    return { listening, messages };
  }

  /** Ends the connections of all that listen, and waits until they are ended. */
  async function cutConnections(): Promise<void> {
    await sql`
      select pg_terminate_backend(pid, 10000) from pg_stat_activity
       where datname = current_database() and application_name = 'tutor-quality-listen'
    `.execute(database.db);
  }

  async function countListening(): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) from pg_stat_activity
       where datname = current_database() and application_name = 'tutor-quality-listen'
    `.execute(database.db);
    return rows[0]?.count ?? 0;
  }

  /** A way to the server over loopback that can refuse what comes, or let it wait. */
  async function openGate() {
    const held: Socket[] = [];
    const pass = (socket: Socket) => {
      const onward = connectSocket(wayTo(database.connectionString));
      socket.on('error', () => onward.destroy()).pipe(onward);
      onward.on('error', () => socket.destroy()).pipe(socket);
    };
    const server = createServer((socket) => {
      if (gate.mode === 'pass') pass(socket);
      else if (gate.mode === 'hold') held.push(socket);
      else socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = new URL(database.connectionString);
    url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    url.searchParams.delete('host');
    const gate = {
      mode: 'pass' as 'pass' | 'refuse' | 'hold',
      server,
      url: url.toString(),
      letPassUntilClosed: async () => {
        held.forEach(pass);
        await Promise.all(held.map((socket) => once(socket, 'close')));
      },
    };
    return gate;
  }
});

/** Longer than the pause before a connection is opened again. */
const WITHIN = { timeout: 20_000 };
