import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What a load came to: milliseconds of each answer, in order, and how long the client's own processor worked. */
export type Drive = { latencies: number[]; seconds: number; clientSeconds: number };

/** A keep-alive connection that sends bytes and counts answers: nothing is parsed that is not needed. */
export type Connection = {
  /** Sends one request; gives the status and, if it is wanted, the body. One at a time. */
  ask(request: Buffer | string): Promise<Answer>;
  close(): void;
};
export type Answer = { status: number; body: string };

/** A connection over which each answer is awaited before the next request; answers must say their length. */
export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const answers = answersOf(socket);
  return {
    ask: (request) => {
      const answer = answers.next();
      socket.write(request);
      return answer;
    },
    close: () => socket.destroy(),
  };
}

const HEAD_END = Buffer.from('\r\n\r\n');

function answersOf(socket: Socket): { next(): Promise<Answer> } {
  let held: Buffer = Buffer.alloc(0);
  let asked: PromiseWithResolvers<Answer> | null = null;
  const fail = (reason: string) => {
    asked?.reject(new Error(reason));
    asked = null;
  };
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const headEnd = held.indexOf(HEAD_END);
    if (headEnd === -1) return;
    const length = lengthIn(held.toString('latin1', 0, headEnd));
    if (length === null) return fail('an answer without its length');
    const end = headEnd + HEAD_END.length + length;
    if (held.length < end) return;
    const status = Number(held.toString('latin1', 9, 12));
    const body = held.toString('utf8', headEnd + HEAD_END.length, end);
    held = held.subarray(end);
    asked?.resolve({ status, body });
    asked = null;
  });
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => fail('the server closed the connection'));
  return {
    next: () => {
      asked = Promise.withResolvers<Answer>();
      return asked.promise;
    },
  };
}

function lengthIn(head: string): number | null {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? null : Number(length);
}

/** A request as it goes over the wire. */
export function requestOf(method: string, path: string, apiKey: string, body = ''): Buffer {
  const bytes = Buffer.from(body);
  const about = bytes.length === 0 ? '' : `content-type: application/json\r\ncontent-length: ${bytes.length}\r\n`;
  const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nx-api-key: ${apiKey}\r\n${about}\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/**
 * Asks over so many connections for so many seconds, and once at least, each the next thing as soon as it has its answer
 * and has rested for `restMs`.
 *
 * @throws when an answer is no success: a bench of errors says nothing
 */
export async function drive(
  url: string,
  connections: number,
  seconds: number,
  next: () => Buffer,
  restMs = 0,
): Promise<Drive> {
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(url)));
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    open.map(async (connection) => {
      for (let sent = began; sent <= until; sent = performance.now()) {
        await succeed(connection, next());
        latencies.push(performance.now() - sent);
        if (restMs > 0) await wait(restMs);
      }
    }),
  );
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of open) connection.close();
  return { latencies, seconds: took, clientSeconds: (user + system) / 1e6 };
}

/** @throws when the answer is no success */
export async function succeed(connection: Connection, request: Buffer): Promise<string> {
  const { status, body } = await connection.ask(request);
  if (status >= 300) throw new Error(`${status}: ${body}`);
  return body;
}
