import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../metrics/metrics.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Open as long as somebody watches: how long says nothing of how fast we are. */
    isStream?: boolean;
  }
}

/** Counts each answer by the pattern of its route: an address may hold ids, and there is no end of them. */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async ({ method, routeOptions: { url, config } }, reply) => {
    metrics.requestAnswered({
      method: url === undefined ? 'any' : method,
      route: url ?? 'unknown',
      status: reply.statusCode,
      seconds: config?.isStream ? null : reply.elapsedTime / 1000,
    });
  });
}
