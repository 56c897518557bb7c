import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.ts';

const LEAST_BYTES = 1024;

/**
 * Packs answers for whoever accepts that. Secrets go in headers alone, never in a body beside what somebody else chose:
 * so the length of a packed answer gives none away. A body that comes packed is refused: unpacked it may be any size.
 */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    globalDecompression: false,
    encodings: ['br', 'gzip'],
    threshold: LEAST_BYTES,
    customTypes: /^(application\/json|text\/(csv|plain|html))\b/,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } },
    zlibOptions: { level: 3 },
  });
  app.addHook('preParsing', async ({ headers }) => {
    const encoding = headers['content-encoding'];
    if (encoding === undefined || encoding.toLowerCase() === 'identity') return;
    throw new AppError('unreadable', 'The body is packed. Send it as it is.', { 'content-encoding': 'must be absent' });
  });
}
