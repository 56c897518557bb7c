import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../../test/app.ts';
import { completedSession } from '../../../test/factories.ts';
import { slowSenders } from '../../../test/fuzz/slow.ts';
import { collectLog } from '../../../test/logs.ts';

const { log, lines } = collectLog();
let api: TestApp;
let port: number;
beforeAll(async () => {
  api = await createTestApp({ log, receiveMs: 400 });
  port = Number(new URL(await api.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => api.close());

const KEY = `x-api-key: ${API_KEY}`;

/** All that the server says to these lines and this body until it closes the connection. */
async function exchange(head: string[], body = ''): Promise<{ status: string; type: string; error: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  const said = await text(socket);
  const [top = '', content = ''] = said.split('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d+)/.exec(top)?.[1] ?? said;
  return { status, type: /content-type: (.*)/i.exec(top)?.[1] ?? '', error: JSON.parse(content).error };
}

const POST = ['POST /api/sessions HTTP/1.1', 'host: a', KEY, 'content-type: application/json', 'connection: close'];

describe('what is no HTTP', () => {
  it.each([
    ['an unknown method', ['FOO /api/livez HTTP/1.1', 'host: a'], '', '400', 'unreadable'],
    ['a NUL in a header', ['GET /api/livez HTTP/1.1', 'host: a', 'x: a\0b'], '', '400', 'unreadable'],
    ['a negative length', [...POST, 'content-length: -2'], '{}', '400', 'unreadable'],
    ['two lengths', [...POST, 'content-length: 2', 'content-length: 3'], '{}', '400', 'unreadable'],
    ['a length and chunks', [...POST, 'content-length: 2', 'transfer-encoding: chunked'], '{}', '400', 'unreadable'],
    ['a broken chunk', [...POST, 'transfer-encoding: chunked'], 'zz\r\n', '400', 'unreadable'],
    ['headers of 20 kB', ['GET /api/livez HTTP/1.1', 'host: a', `x: ${'a'.repeat(20_000)}`], '', '431', 'too_large'],
    ['an unknown expectation', [...POST, 'expect: gifts', 'content-length: 2'], '{}', '417', 'unreadable'],
    ['no host', ['GET /api/livez HTTP/1.1', 'connection: close'], '', '400', 'unreadable'],
    ['two hosts', ['GET /api/livez HTTP/1.1', 'host: a', 'host: b', 'connection: close'], '', '400', 'unreadable'],
    ['a body that does not come', [...POST, 'content-length: 20'], '{', '408', 'too_slow'],
    ['a header without a colon', ['GET /api/livez HTTP/1.1', 'host: a\r\nx'], '', '400', 'unreadable'],
  ])('is refused in the shape of errors: %s', async (_what, head, body, status, error) => {
    expect(await exchange(head, body)).toEqual({ status, type: 'application/json; charset=utf-8', error });
  });

  it('never takes the place of an answer that is on its way', async () => {
    const socket = connect(port, '127.0.0.1');
    const body = JSON.stringify(completedSession());
    const good = [...POST.slice(0, -1), `content-length: ${Buffer.byteLength(body)}`].join('\r\n');
    socket.write(`${good}\r\n\r\n${body}FOO / HTTP/1.1\r\n\r\n`);
    expect((await text(socket)).replace('HTTP/1.1 202', '')).not.toContain('HTTP/1.1');
  });
});

it('answers others while many send slowly, and cuts those off', async () => {
  const host = `127.0.0.1:${port}`;
  const slow = { count: 120, untilMs: 20_000 };
  const { faults } = await slowSenders(`http://${host}`, { host, key: API_KEY, cookie: '' }, slow);
  expect(faults).toEqual([]);
});

describe('a body', () => {
  const json = Buffer.from(JSON.stringify({ ...completedSession(), student_id: 'Zoë' }));
  const send = (headers: Record<string, string>, payload: Buffer) =>
    api.send({
      method: 'POST',
      url: '/api/sessions',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    });

  it.each([
    ['content-type', 'application/json; charset=utf-16le', Buffer.from(json.toString(), 'utf16le')],
    ['content-type', 'application/json; charset="latin1"', Buffer.from(json.toString(), 'latin1')],
    ['content-encoding', 'gzip', json],
    ['transfer-encoding', 'gzip, chunked', json],
  ])('is not read as if it were UTF-8: %s %s', async (header, value, bytes) => {
    const answer = await send({ [header]: value }, bytes);
    expect([answer.statusCode, Object.keys(answer.json().details)]).toEqual([400, [header]]);
  });

  it('is not mended where its UTF-8 is broken', async () => {
    const answer = await send({}, Buffer.from(json.toString(), 'latin1'));
    expect([answer.statusCode, answer.json().details]).toEqual([400, { body: 'is not UTF-8' }]);
  });

  it('may say that it is UTF-8, and begin with a byte order mark', async () => {
    const marked = Buffer.concat([Buffer.from('\ufeff'), json]);
    expect((await send({ 'content-type': 'application/json; charset=UTF-8' }, marked)).statusCode).toBe(202);
  });

  it('that breaks off does not look like a lost database', async () => {
    const socket = connect(port, '127.0.0.1');
    const before = lines.length;
    const arrived = once(api.app.server, 'request');
    socket.write(`${POST.join('\r\n')}\r\ncontent-length: 20\r\n\r\n{`);
    const [, response] = await arrived;
    const ended = once(response, 'close');
    socket.destroy();
    await ended;
    expect(lines.slice(before).filter(({ level }) => level >= 40)).toEqual([]);
  });
});
