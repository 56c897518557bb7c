import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

const LEAST_BYTES = 1024;

/**
 * Packs answers for whoever accepts that. Secrets go in headers alone, never in a body beside what somebody else chose:
 * so the length of a packed answer gives none away. Bodies of requests it leaves alone (`read-json.ts`).
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
}
