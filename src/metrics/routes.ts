import { failures, textOf } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { METRICS_CONTENT_TYPE } from './expose.ts';

export function metricsRoutes(app: ZodApp, { scrape, isMetricsToken }: ApiDeps): void {
  app.get(
    '/api/metrics',
    {
      config: { access: 'admin', admits: isMetricsToken, audit: null },
      schema: {
        tags: ['Operation'],
        summary: 'Metrics for Prometheus',
        description:
          'Also for whoever sends METRICS_TOKEN as `Authorization: Bearer`. While the database is gone, `tq_database_up` is 0 and what stands in it is left out.',
        response: { 200: textOf("Prometheus's text format 0.0.4", 'text/plain'), ...failures.read },
      },
    },
    async (_request, reply) =>
      reply
        .type(METRICS_CONTENT_TYPE)
        .serializer((text: string) => text)
        .send(await scrape()),
  );
}
