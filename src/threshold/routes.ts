import { thresholdQuery, thresholdReplay } from '../contract/threshold.ts';
import { failures } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { openThresholdReplay } from './get-threshold-replay.ts';

export function thresholdRoutes(app: ZodApp, { db, clock, mail }: ApiDeps): void {
  const replay = openThresholdReplay(db, clock, mail.timezone);
  app.get(
    '/api/threshold',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutors' } },
      schema: {
        tags: ['Tutors'],
        summary: 'What another threshold, or another level of evidence, would change',
        querystring: thresholdQuery,
        response: { 200: thresholdReplay, ...failures.read },
      },
    },
    ({ query }) => replay(query),
  );
}
