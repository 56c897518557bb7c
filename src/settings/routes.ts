import { settingsBody, settingsOut } from '../contract/settings.ts';
import { failures } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { actorOf } from '../http/callers/actor.ts';
import { changeThreshold } from './change-threshold.ts';
import { getSettings } from './queries.ts';

const tags = ['Operation'];

export function settingsRoutes(app: ZodApp, { db, clock, signals }: ApiDeps): void {
  app.get(
    '/api/settings',
    {
      config: { access: 'viewer', audit: null },
      schema: { tags, summary: 'The risk threshold', response: { 200: settingsOut, ...failures.read } },
    },
    () => getSettings(db),
  );

  app.put(
    '/api/settings',
    {
      config: { access: 'admin', audit: { action: 'changed', subject: 'settings' } },
      schema: {
        tags,
        summary: 'Change the risk threshold; all tutors are flagged anew at once',
        body: settingsBody,
        response: { 200: settingsOut, ...failures.write },
      },
    },
    async ({ body, id, caller, signedIn }) => {
      const settings = await changeThreshold(db, clock, body.risk_threshold, actorOf({ id, caller, signedIn }));
      // Whoever was to be scored meanwhile found all scores locked, and was passed by.
      signals.sessionsWaiting();
      return settings;
    },
  );
}
