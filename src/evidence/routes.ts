import { priorHistory, priorQuery, tutorEvidence } from '../contract/evidence.ts';
import { asOfQuery } from '../contract/query.ts';
import { tutorIdParams } from '../contract/tutors.ts';
import { AppError } from '../errors.ts';
import { keptAnswers } from '../http/answers/kept-answers.ts';
import { failures } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { describePrior } from './describe.ts';
import { getTutorEvidence } from './get-tutor-evidence.ts';
import { listPriors, priorAt } from './prior-queries.ts';

export function evidenceRoutes(app: ZodApp, deps: ApiDeps): void {
  const { db, clock, mail } = deps;
  const kept = keptAnswers(deps);
  app.get(
    '/api/tutors/:id/evidence',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutor' } },
      schema: {
        tags: ['Tutors'],
        summary: 'How sure it is that a tutor is above the threshold, why, and what would change it',
        params: tutorIdParams,
        querystring: asOfQuery,
        response: { 200: tutorEvidence, ...failures.readOne },
      },
    },
    (request, reply) =>
      kept.json(request, reply, {}, async (moment) => {
        const evidence = await getTutorEvidence(db, moment, request.params.id, mail.timezone);
        if (evidence === null) throw new AppError('not_found', 'There is no tutor with this id.', { id: 'is unknown' });
        return evidence;
      }),
  );

  app.get(
    '/api/prior',
    {
      config: { access: 'viewer', audit: null },
      schema: {
        tags: ['Operation'],
        summary: 'What is usual among tutors: what each is weighed against, refitted nightly',
        querystring: priorQuery,
        response: { 200: priorHistory, ...failures.read },
      },
    },
    async ({ query }) => {
      const [prior, history] = await Promise.all([priorAt(db, await clock(db)), listPriors(db, query.limit)]);
      return { prior: describePrior(prior), history: history.map(describePrior) };
    },
  );
}
