import { overview, overviewQuery } from '../contract/overview.ts';
import { momentOf } from '../evidence/moment.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { failures } from '../http/responses.ts';
import { getOverview } from './get-overview.ts';

export function overviewRoutes(app: ZodApp, { db, clock, mail }: ApiDeps): void {
  app.get(
    '/api/overview',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutors' } },
      schema: {
        tags: ['Tutors'],
        summary: 'How are we doing, what changed, who first',
        querystring: overviewQuery,
        response: { 200: overview, ...failures.read },
      },
    },
    async ({ query }) => getOverview(db, await momentOf(db, clock, mail.timezone, query.as_of), query.window_days),
  );
}
