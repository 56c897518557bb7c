import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../../test/app.ts';

const MANY_BYTES = 8 * 1024 * 1024;

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

it('a body that is too large is taken to its end, so that its sender hears why it was refused, and may go on', async () => {
  const { port } = new URL(await api.app.listen({ port: 0, host: '127.0.0.1' }));
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  const headers = [
    'host: a',
    `x-api-key: ${API_KEY}`,
    'content-type: application/json',
    `content-length: ${MANY_BYTES}`,
  ];
  socket.write(`${['POST /api/sessions/batch HTTP/1.1', ...headers].join('\r\n')}\r\n\r\n`);
  socket.write(Buffer.alloc(MANY_BYTES, ' '));
  socket.write('GET /api/livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
  let said = '';
  socket.on('data', (text: string) => {
    said += text;
  });
  await once(socket, 'close');
  expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
});
