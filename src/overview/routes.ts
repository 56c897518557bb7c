import { overview, overviewQuery } from '../contract/overview.ts';
import { keptAnswers } from '../http/answers/kept-answers.ts';
import { failures } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { getOverview } from './get-overview.ts';

const KEPT = { subjects: ['marketplace', 'reports'], isPastSlow: true } as const;

export function overviewRoutes(app: ZodApp, deps: ApiDeps): void {
  const kept = keptAnswers(deps);
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
    (request, reply) =>
      kept.json(request, reply, KEPT, (moment) => getOverview(deps.db, moment, request.query.window_days)),
  );
}
