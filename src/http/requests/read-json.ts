import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';

/**
 * Reads JSON in UTF-8, as it stands in RFC 8259, and nothing that only resembles it: what is packed, of another
 * character set, or broken in its encoding would otherwise be stored with other characters than were sent.
 */
export function readJson(app: FastifyInstance): void {
  // Whatever its type: unpacked it may be any size.
  app.addHook('preParsing', async ({ headers: { 'content-encoding': packed } }) => {
    if (packed === undefined || packed.toLowerCase() === 'identity') return;
    throw new AppError('unreadable', 'The body is packed. Send it as it is.', { 'content-encoding': 'must be absent' });
  });
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    try {
      expectPlain(request);
      void parse(request, decoded(bytes), done);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function expectPlain({ headers }: FastifyRequest): void {
  const { 'transfer-encoding': sent, 'content-type': type = '' } = headers;
  if (sent !== undefined && sent.toLowerCase() !== 'chunked') {
    throw new AppError('unreadable', 'The body must not be packed.', {
      'transfer-encoding': 'must be chunked or absent',
    });
  }
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new AppError('unreadable', 'The body must be UTF-8.', { 'content-type': 'must have no charset but utf-8' });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new AppError('unreadable', 'The body must be UTF-8.', { body: 'is not UTF-8' });
  }
}
