import { funnel, funnelQuery } from '../contract/funnel.ts';
import { momentOf } from '../evidence/moment.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { failures } from '../http/responses.ts';
import { getFunnel } from './get-funnel.ts';

export function funnelRoutes(app: ZodApp, { db, clock, mail }: ApiDeps): void {
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
    async ({ query }) => getFunnel(db, await momentOf(db, clock, mail.timezone, query.as_of), query),
  );
}
