import { overview, overviewQuery } from '../contract/overview.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { failures } from '../http/responses.ts';
import { getOverview } from './get-overview.ts';

export function overviewRoutes(app: ZodApp, { db, clock }: ApiDeps): void {
  app.get(
    '/api/overview',
    {
      config: { access: 'viewer' },
      schema: {
        tags: ['Tutors'],
        summary: 'How are we doing, what changed, who first',
        querystring: overviewQuery,
        response: { 200: overview, ...failures.read },
      },
    },
    ({ query }) => getOverview(db, clock, query.window_days),
  );
}
