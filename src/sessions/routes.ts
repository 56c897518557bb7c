import { batchBody, batchResult, MAX_BATCH, sessionAccepted, sessionBody } from '../contract/sessions.ts';
import { AppError } from '../errors.ts';
import { failures } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { ingestBatch } from './ingest-batch.ts';
import { ingestOne } from './ingest-one.ts';

const BATCH_BODY_BYTES = 4 * 1024 * 1024;

export function sessionRoutes(app: ZodApp, deps: ApiDeps): void {
  const { metrics } = deps;
  app.post(
    '/api/sessions',
    {
      config: { access: 'admin', audit: null },
      // Wherever it was refused: by the schema, by the clock, or by what is stored.
      onResponse: async (_request, { statusCode }) => {
        if (statusCode === 422) metrics.sessionsRefused(1);
      },
      schema: {
        tags: ['Sessions'],
        summary: 'Take one session',
        description:
          'Answers after the commit. Idempotent by session_id for ever: the same body again is `unchanged`, a changed one `updated`, one older than what is stored `stale`.',
        body: sessionBody,
        response: { 202: sessionAccepted, ...failures.write },
      },
    },
    async ({ body }, reply) => {
      const outcome = await ingestOne(deps, body);
      return reply.code(202).send({ status: 'accepted', session_id: body.session_id, outcome });
    },
  );

  app.post(
    '/api/sessions/batch',
    {
      config: { access: 'admin', audit: null },
      bodyLimit: BATCH_BODY_BYTES,
      // The items are read one by one, with the schema that is documented here.
      validatorCompiler: () => (data) => ({ value: data }),
      schema: {
        tags: ['Sessions'],
        summary: `Take up to ${MAX_BATCH} sessions`,
        description: 'Results stand in the order of the items. An invalid item does not stop the others.',
        body: batchBody,
        response: { 202: batchResult, ...failures.write },
      },
    },
    async ({ body }, reply) => {
      const results = await ingestBatch(deps, itemsOf(body));
      const refused = results.filter((result) => 'error' in result && result.error === 'invalid').length;
      if (refused > 0) metrics.sessionsRefused(refused);
      return reply.code(202).send({ results });
    },
  );
}

function itemsOf(body: unknown): unknown[] {
  if (body == null) throw new AppError('unreadable', 'The body is missing.', { body: 'is required' });
  const unknown = typeof body === 'object' ? Object.keys(body).find((key) => key !== 'sessions') : undefined;
  if (unknown !== undefined)
    throw new AppError('invalid', 'The body breaks a rule.', { [unknown]: 'is not a known field' });
  const items = typeof body === 'object' && 'sessions' in body ? body.sessions : undefined;
  if (!Array.isArray(items)) throw new AppError('invalid', 'The body breaks a rule.', { sessions: 'must be a list' });
  if (items.length <= MAX_BATCH) return items;
  throw new AppError('too_large', 'The batch is too large.', { sessions: `must have at most ${MAX_BATCH} items` });
}
