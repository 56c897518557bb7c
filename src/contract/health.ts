import { z } from 'zod';

export const health = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    database: z.enum(['connected', 'disconnected']),
    redis: z.enum(['connected', 'disconnected', 'not_configured']),
    queue: z.enum(['connected', 'disconnected']),
    version: z.string(),
  })
  .meta({ id: 'Health' });

export const alive = z.object({ status: z.literal('alive') });
