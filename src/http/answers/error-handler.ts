import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { detailsOf } from '../../contract/error-body.ts';
import { failureOf } from '../../database/statements/failures.ts';
import { AppError, type ErrorCode } from '../../errors.ts';

const STATUS: Record<ErrorCode, number> = {
  unreadable: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  too_many_requests: 429,
  unavailable: 503,
};

/** Turns whatever was thrown into the one shape of errors; a bug is logged whole and answered with the request id only. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    const known = error instanceof AppError ? error : knownError(error, request);
    if (known?.code === 'too_large') takeToItsEnd(request, reply);
    if (known !== null) return answer(reply, known);
    request.log.error({ err: error }, 'request failed');
    const message = `Something went wrong on our side. Nothing was stored. Request id: ${request.id}`;
    return reply.code(500).send({ error: 'internal', message, details: { request_id: request.id } });
  });

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0];
    return answer(reply, new AppError('not_found', `There is no ${request.method} ${path}.`));
  });
}

/** A body up to this length is read, and thrown away, rather than cut off. */
const MOST_TAKEN_BYTES = 16 * 1024 * 1024;

/**
 * Fastify would close the connection under a sender that is still busy with its body, who then hears of a broken line and
 * never of the reason.
 */
function takeToItsEnd({ headers }: FastifyRequest, reply: FastifyReply): void {
  if (Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) <= MOST_TAKEN_BYTES)
    reply.removeHeader('connection');
}

/** The one shape of errors. */
export function answer(reply: FastifyReply, { code, message, details }: AppError) {
  return reply.code(STATUS[code]).send({ error: code, message, details });
}

function knownError(error: FastifyError, request: FastifyRequest): AppError | null {
  if (error instanceof z.ZodError) return schemaError(error, error.validationContext, request);
  // The sender hung up in the middle of the body; to the database it would look like a lost connection of its own.
  if (!request.raw.complete && request.raw.destroyed) return new AppError('unreadable', 'The request broke off.');
  const failure = failureOf(error);
  if (failure === 'gone' || failure === 'busy' || failure === 'try_again') {
    request.log.warn({ reason: error.message }, 'database unreachable or busy');
    return new AppError('unavailable', 'The database cannot be reached or is busy. Try again.');
  }
  switch (error.statusCode ?? 500) {
    case 413:
      return new AppError('too_large', 'The body is too large.', { body: 'must be smaller: 64 kB, a batch 4 MB' });
    case 403:
    case 404:
      // Of the plugins that serve files: a path that leads out of their folder is no bug of ours, and is not there.
      return new AppError('not_found', 'There is no such file.');
    case 415:
      return new AppError('unreadable', 'The body must be JSON.', { 'content-type': 'must be application/json' });
    case 400:
      return new AppError('unreadable', 'The request cannot be read.', { body: error.message });
    default:
      return null;
  }
}

/** A body that breaks a rule is 422; parameters that do are 400, and an id that is none belongs to nobody: 404. */
function schemaError(
  error: z.ZodError,
  context: FastifyError['validationContext'],
  { body }: FastifyRequest,
): AppError {
  const details = detailsOf(error);
  if (context === 'params') return new AppError('not_found', 'There is nothing with this id.', details);
  if (context !== 'body') return new AppError('unreadable', 'The parameters break a rule.', details);
  if (body === undefined || body === null)
    return new AppError('unreadable', 'The body is missing.', { body: 'is required' });
  return new AppError('invalid', 'The body breaks a rule.', details);
}
