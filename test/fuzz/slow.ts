import { connect, type Socket } from 'node:net';
import type { Credentials } from './headers.ts';

const STEP_MS = 200;

/** What slow senders do: they begin, and say a byte now and then. */
const BEGINNINGS: readonly ((credentials: Credentials) => string)[] = [
  () => 'GE',
  ({ host }) => `GET /api/livez HTTP/1.1\r\nhost: ${host}\r\nx-slow: `,
  ({ host, key }) =>
    `POST /api/sessions HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${key}\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{"session_id":"`,
];

export type SlowSenders = { faults: string[]; words: string };

/**
 * Opens many connections that never send a whole request. Meanwhile others must be answered, and within `untilMs` the
 * server must have closed all of the slow ones.
 */
export async function slowSenders(
  address: string,
  credentials: Credentials,
  { count, untilMs }: { count: number; untilMs: number },
): Promise<SlowSenders> {
  const { hostname, port } = new URL(address);
  const open = new Set<Socket>();
  for (let index = 0; index < count; index += 1) {
    const socket = connect(Number(port), hostname);
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.resume();
    socket.write(BEGINNINGS[index % BEGINNINGS.length]?.(credentials) ?? '');
  }
  const began = performance.now();
  let slowestMs = 0;
  let refused = 0;
  while (open.size > 0 && performance.now() - began < untilMs) {
    for (const socket of open) if (socket.writable) socket.write('x');
    const asked = performance.now();
    const answer = await fetch(`${address}/api/tutors?limit=1`, { headers: { 'x-api-key': credentials.key } });
    slowestMs = Math.max(slowestMs, performance.now() - asked);
    if (answer.status !== 200) refused += 1;
    await answer.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  const left = open.size;
  for (const socket of open) socket.destroy();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  return {
    faults: [
      ...(left > 0 ? [`${left} of ${count} slow connections are open after ${seconds} s`] : []),
      ...(refused > 0 ? [`${refused} others were not answered beside slow senders`] : []),
    ],
    words: `${count} slow senders: all cut off after ${seconds} s; others waited ${slowestMs.toFixed(0)} ms at most`,
  };
}
