import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../test/app.ts';

const RECORDS = 20_000;

let api: TestApp;
let port: number;
beforeAll(async () => {
  api = await createTestApp();
  port = Number(new URL(await api.app.listen({ port: 0, host: '127.0.0.1' })).port);
  // More than both ends of a connection take unread, also packed.
  await sql`
    insert into audit_log (at, actor_kind, actor_id, action, subject_kind, details)
    select '2026-01-01'::timestamptz + i * interval '1 second', 'command', 'test', 'saw', 'tutors',
           jsonb_build_object('note', n.note)
      from generate_series(1, ${RECORDS}::integer) i
     cross join lateral (
           select string_agg(encode(sha512(convert_to(i || ' ' || j, 'UTF8')), 'hex'), '') as note
             from generate_series(1, 8) j) n
  `.execute(api.db);
});
afterAll(() => api.close());

const SELECTION = 'action=saw';

/** Asks for the file and takes the beginning of it; the rest comes when it is read. */
async function begin(headers = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(
    `GET /api/audit.csv?${SELECTION} HTTP/1.0\r\nhost: localhost\r\nx-api-key: ${API_KEY}\r\n${headers}\r\n`,
  );
  await once(socket, 'readable');
  return socket;
}

/** The connections whose reading waits until somebody takes more. */
async function readings(): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity
     where datname = current_database() and state = 'idle in transaction' and query like 'fetch%'
  `.execute(api.db);
  return rows.map(({ pid }) => pid);
}

const untilReading = (count: number) => vi.waitFor(async () => expect(await readings()).toHaveLength(count), 10_000);

it('reads on as the file is taken, and sends what was there when it began', async () => {
  const socket = await begin();
  await untilReading(1);
  await sql`
    insert into audit_log (at, actor_kind, actor_id, action, subject_kind)
    values ('2026-01-01', 'command', 'too late', 'saw', 'tutors')
  `.execute(api.db);
  const [head, file] = (await text(socket)).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*content-disposition: attachment; filename="audit-log.csv"/);
  const lines = (file ?? '').split('\r\n');
  expect(lines).toHaveLength(1 + RECORDS + 1);
  expect(new Set(lines).size).toBe(lines.length);
  expect(file).not.toContain('too late');
  await untilReading(0);
});

it('gives the connection to the database back when the reader hangs up', async () => {
  const socket = await begin();
  await untilReading(1);
  socket.destroy();
  await untilReading(0);
});

it.each([
  ['plain', ''],
  ['packed', 'accept-encoding: gzip\r\n'],
])('breaks the connection when it cannot go on, so that no part looks like a whole file: %s', async (_how, headers) => {
  const socket = await begin(headers);
  await untilReading(1);
  const { rows } = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and query like 'fetch%'
  `.execute(api.db);
  expect(rows).toHaveLength(1);
  await expect(text(socket)).rejects.toThrow('ECONNRESET');
  await untilReading(0);
});

it('is taken by three at once, and leaves the other connections to everybody else', async () => {
  const sockets = await Promise.all([begin(), begin(), begin()]);
  const url = `/api/audit.csv?${SELECTION}`;
  expect((await api.send({ url })).json()).toMatchObject({ error: 'unavailable' });
  for (const socket of sockets) socket.destroy();
  await untilReading(0);
  // The server has ended them; the process hears of it a moment later.
  await vi.waitFor(async () => expect((await api.send({ url })).statusCode).toBe(200), { timeout: 20_000 });
});

it('is not read for who asks for its head alone', async () => {
  const { statusCode, headers, body } = await api.send({ method: 'HEAD', url: `/api/audit.csv?${SELECTION}` });
  expect([statusCode, body, headers['content-type']]).toEqual([200, '', 'text/csv; charset=utf-8']);
  expect(headers['content-disposition']).toBe('attachment; filename="audit-log.csv"');
  expect(headers).not.toHaveProperty('content-length');
});
