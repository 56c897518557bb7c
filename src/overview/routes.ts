import { overview } from '../contract/overview.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { failures } from '../http/responses.ts';
import { getOverview } from './get-overview.ts';

export function overviewRoutes(app: ZodApp, { db, clock }: ApiDeps): void {
  app.get(
    '/api/overview',
    {
      schema: {
        tags: ['Tutors'],
        summary: 'How are we doing, what changed, who first',
        response: { 200: overview, ...failures.read },
      },
    },
    () => getOverview(db, clock),
  );
}
