import { funnel, funnelQuery } from '../contract/funnel.ts';
import { keptAnswers } from '../http/answers/kept-answers.ts';
import { failures } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { getFunnel } from './get-funnel.ts';

export function funnelRoutes(app: ZodApp, deps: ApiDeps): void {
  const kept = keptAnswers(deps);
  app.get(
    '/api/funnel',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutors' } },
      schema: {
        tags: ['Tutors'],
        summary: 'Who lies outside of what chance does',
        querystring: funnelQuery,
        response: { 200: funnel, ...failures.read },
      },
    },
    (request, reply) =>
      kept.json(request, reply, { isPastSlow: true }, (moment) => getFunnel(deps.db, moment, request.query)),
  );
}
