import { addAbortSignal, Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';

/** As many connections to the database they may hold at most; the others are for those who post and look. */
const AT_ONCE = 3;
/** A snapshot that is open keeps the server from clearing away what others delete: whoever reads more slowly is cut off. */
const WHOLE_MS = 5 * 60_000;

type Answering = Pick<FastifyReply, 'header' | 'type' | 'serializer' | 'send'>;

/** Answers with a file to be kept. Who asks for its head gets that, and nothing is looked up. */
export async function sendCsv(
  { method }: Pick<FastifyRequest, 'method'>,
  reply: Answering,
  name: string,
  content: () => Promise<string | Readable>,
): Promise<void> {
  // Of an empty text Fastify would say how long it is, which the file is not.
  const csv = method === 'HEAD' ? Readable.from([]) : await content();
  reply.header('content-disposition', `attachment; filename="${name}"`).type('text/csv; charset=utf-8');
  reply.serializer((text: string) => text);
  reply.send(csv);
}

/**
 * Turns lines that are read from the database as somebody takes them into what an answer sends. What fails before the
 * first of them are there is answered as everywhere else. What fails later breaks the connection, so that nobody takes
 * the part for the whole. Whoever hangs up ends the reading.
 */
export function csvStreams() {
  let open = 0;
  return async ({ raw }: Pick<FastifyRequest, 'raw'>, lines: AsyncGenerator<string, void>): Promise<Readable> => {
    if (open >= AT_ONCE) throw new AppError('unavailable', 'Too many exports are taken at once. Try again later.');
    open += 1;
    const held = (async function* () {
      try {
        yield* lines;
      } finally {
        open -= 1;
      }
    })();
    const first = await held.next();
    const stream = addAbortSignal(AbortSignal.timeout(WHOLE_MS), Readable.from(held, { objectMode: false }));
    if (first.done !== true) stream.unshift(first.value);
    // Without chunks, as proxies of old ask, an end looks like the end of the file: only a reset does not.
    stream.on('error', () => raw.socket.resetAndDestroy());
    return stream;
  };
}
