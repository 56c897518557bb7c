import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';

type Refusal = { status: string; error: string; message: string; details: Record<string, string> };

const BROKEN: Refusal = {
  status: '400 Bad Request',
  error: 'unreadable',
  message: 'The request cannot be read as HTTP.',
  details: {},
};
const REFUSALS: Record<string, Refusal> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    error: 'too_slow',
    message: 'The request did not come in whole in time.',
    details: {},
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    error: 'too_large',
    message: 'The address and the headers are too large.',
    details: { headers: 'must be smaller: 16 kB together with the address' },
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: '413 Content Too Large',
    error: 'too_large',
    message: 'The body is too large.',
    details: { body: 'must have no chunk extensions' },
  },
};

type Answer = ServerResponse;

/**
 * Answers in the one shape of errors what Node refuses by itself, before any route is asked. Returns the handler that
 * Fastify asks for; `watch` has to be given the server.
 */
export function unreadableRequests() {
  const underway = new WeakMap<Socket, Set<Answer>>();
  return {
    watch: (server: Server): void => {
      server.on('request', ({ socket }: IncomingMessage, answer: Answer) => {
        const answers = underway.get(socket) ?? new Set();
        underway.set(socket, answers.add(answer));
        answer.once('close', () => answers.delete(answer));
      });
      server.on('checkExpectation', (_request: IncomingMessage, answer: Answer) => {
        const { body } = wordsOf({
          ...BROKEN,
          message: 'The header expect cannot be met.',
          details: { expect: 'must be 100-continue' },
        });
        const length = Buffer.byteLength(body);
        const headers = { ...SAFE_ALONE, 'content-type': JSON_TYPE, 'content-length': length, connection: 'close' };
        answer.writeHead(417, headers).end(body);
      });
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket): void => {
      const isOurs = error.code !== 'ECONNRESET' && socket.writable && isFree(underway.get(socket));
      if (isOurs) socket.end(wordsOf(REFUSALS[error.code ?? ''] ?? BROKEN).answer, () => socket.destroy());
      else socket.destroy();
    },
  };
}

/** An answer may be written unless one to an earlier request is on its way: the sender would take ours for that one. */
function isFree(answers: ReadonlySet<Answer> = new Set()): boolean {
  return [...answers].every(({ req, headersSent }) => !req.complete && !headersSent) && answers.size <= 1;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** For what is answered before the hooks that give every other answer its headers. */
export const SAFE_ALONE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

function wordsOf({ status, error, message, details }: Refusal): { body: string; answer: string } {
  const body = JSON.stringify({ error, message, details });
  const head = [
    `HTTP/1.1 ${status}`,
    `content-type: ${JSON_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(SAFE_ALONE).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  return { body, answer: `${head.join('\r\n')}\r\n\r\n${body}` };
}

/** A request names the host it asks exactly once (RFC 9112, 3.2): of two, proxies and we might take different ones. */
export function expectOneHost(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw: { rawHeaders, httpVersion } }) => {
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
    if (hosts === 1 || (hosts === 0 && httpVersion !== '1.1')) return;
    throw new AppError('unreadable', 'The request cannot be read.', { host: 'must be given exactly once' });
  });
}
