import { alive, health } from '../../contract/health.ts';
import { isReachable } from '../../database/ping.ts';
import type { ApiDeps, ZodApp } from '../api-deps.ts';

const OPEN = { config: { access: 'public', audit: null } } as const;

export function healthRoutes(app: ZodApp, { probe, signals, queueKind, version }: ApiDeps): void {
  app.get(
    '/api/health',
    { ...OPEN, schema: { tags: ['Operation'], summary: 'State of the parts', response: { 200: health, 503: health } } },
    async (_request, reply) => {
      const [hasDatabase, hasQueue] = await Promise.all([isReachable(probe), signals.isConnected()]);
      const queue = hasQueue ? 'connected' : 'disconnected';
      const body = {
        status: !hasDatabase ? 'unhealthy' : hasQueue ? 'healthy' : 'degraded',
        database: hasDatabase ? 'connected' : 'disconnected',
        redis: queueKind === 'redis' ? queue : 'not_configured',
        queue,
        version,
      } as const;
      return reply.code(hasDatabase ? 200 : 503).send(body);
    },
  );

  app.get(
    '/api/livez',
    { ...OPEN, schema: { tags: ['Operation'], summary: 'The process runs', response: { 200: alive } } },
    () => ({ status: 'alive' }) as const,
  );
}
