import { z } from 'zod';
import { asOfDay, asOfQuery, page } from '../contract/query.ts';
import { tutorSessions } from '../contract/sessions.ts';
import { historyQuery, ratesQuery, tutorHistory, tutorRates } from '../contract/tutor-history.ts';
import {
  TUTOR_COLUMNS,
  tutorBody,
  tutorCsvQuery,
  tutorDetail,
  tutorIdParams,
  tutorList,
  tutorListQuery,
  tutorStored,
} from '../contract/tutors.ts';
import { AppError } from '../errors.ts';
import { momentOf } from '../evidence/moment.ts';
import { sendCsv } from '../http/answers/csv-files.ts';
import { keptAnswers } from '../http/answers/kept-answers.ts';
import { failures, textOf } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { actorOf } from '../http/callers/actor.ts';
import { countTutorSessions, listTutorSessions } from '../sessions/queries.ts';
import { exportTutors } from './export-tutors.ts';
import { getTutorDetail } from './get-tutor-detail.ts';
import { getTutorRates } from './get-tutor-rates.ts';
import { putTutor } from './put-tutor.ts';
import { countTutors, listReschedules, listTutors, rateByWeek, tutorExists } from './queries.ts';
import { scoresAt } from './scores-at.ts';

const tags = ['Tutors'];
/** All that is asked of the CSV but the search, which may be for a name. */
const CSV_CHOICES = [
  'as_of',
  'risk_status',
  'evidence',
  'window_days',
  'rate_from',
  'rate_below',
  'sort_by',
  'sort_order',
  'is_active',
  'columns',
] as const;

export function tutorRoutes(app: ZodApp, deps: ApiDeps): void {
  const { db, clock, mail } = deps;
  const kept = keptAnswers(deps);

  app.get(
    '/api/tutors',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutors' } },
      schema: {
        tags,
        summary: 'Tutors with their scores',
        description: 'Sorted by the rate of the window, highest first, unless asked otherwise; ties by id.',
        querystring: tutorListQuery,
        response: { 200: tutorList, ...failures.read },
      },
    },
    (request, reply) =>
      kept.json(request, reply, { isPastSlow: true }, async (moment, share) => {
        const { query } = request;
        const { limit, offset, sort_by: _by, sort_order: _order, ...chosen } = query;
        const scores = await scoresAt(db, moment);
        const [tutors, counted] = await Promise.all([
          listTutors(db, query, query, scores),
          share(['counts', chosen], () => countTutors(db, query, scores)),
        ]);
        return { tutors, ...counted, limit, offset };
      }),
  );

  app.get(
    '/api/tutors.csv',
    {
      config: { access: 'viewer', audit: { action: 'exported', subject: 'tutors', choices: CSV_CHOICES } },
      schema: {
        tags,
        summary: 'All tutors of a selection as CSV',
        querystring: tutorCsvQuery,
        response: { 200: textOf('CSV, one line a tutor', 'text/csv'), ...failures.read },
      },
    },
    async (request, reply) => {
      const { query } = request;
      await sendCsv(request, reply, 'tutors.csv', () =>
        kept.text(request, { isPastSlow: true }, async (moment) =>
          exportTutors(db, query, query.columns ?? TUTOR_COLUMNS, await scoresAt(db, moment)),
        ),
      );
      return reply;
    },
  );

  app.get(
    '/api/tutors/:id',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutor' } },
      schema: {
        tags,
        summary: 'One tutor',
        params: tutorIdParams,
        querystring: asOfQuery,
        response: { 200: tutorDetail, ...failures.readOne },
      },
    },
    (request, reply) =>
      kept.json(request, reply, {}, async (moment) => ({
        tutor: found(await getTutorDetail(db, request.params.id, moment)),
      })),
  );

  app.put(
    '/api/tutors/:id',
    {
      config: { access: 'admin', audit: { action: 'changed', subject: 'tutor' } },
      schema: {
        tags,
        summary: 'Create or update a tutor of the roster',
        params: tutorIdParams,
        body: tutorBody,
        response: { 200: tutorStored, 201: tutorStored, ...failures.write },
      },
    },
    async (request, reply) => {
      const stored = await putTutor(db, clock, request.params.id, request.body, actorOf(request));
      return reply.code(stored.outcome === 'created' ? 201 : 200).send(stored);
    },
  );

  app.get(
    '/api/tutors/:id/history',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutor' } },
      schema: {
        tags,
        summary: 'Reschedules of a period, and the rate of each of its weeks',
        params: tutorIdParams,
        querystring: historyQuery,
        response: { 200: tutorHistory, ...failures.readOne },
      },
    },
    (request, reply) =>
      kept.json(request, reply, {}, async ({ asOf }) => {
        const { id } = request.params;
        const { days, limit } = request.query;
        const [reschedules, weeks] = await Promise.all([
          listReschedules(db, id, days, limit, asOf),
          rateByWeek(db, id, days, mail.timezone, asOf),
        ]);
        found(weeks.length > 0 || null);
        return { reschedules, trend: { reschedule_rate_by_week: weeks } };
      }),
  );

  app.get(
    '/api/tutors/:id/rates',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutor' } },
      schema: {
        tags,
        summary: 'The three windows day by day, and the flags of the period',
        params: tutorIdParams,
        querystring: ratesQuery,
        response: { 200: tutorRates, ...failures.readOne },
      },
    },
    (request, reply) =>
      kept.json(request, reply, {}, async (moment) =>
        found(await getTutorRates(db, moment, request.params.id, request.query.days)),
      ),
  );

  app.get(
    '/api/tutors/:id/sessions',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutor' } },
      schema: {
        tags,
        summary: 'Sessions of a tutor, newest first',
        params: tutorIdParams,
        querystring: z.strictObject({ ...page, as_of: asOfDay }),
        response: { 200: tutorSessions, ...failures.readOne },
      },
    },
    async ({ params: { id }, query: { limit, offset, as_of } }) => {
      found((await tutorExists(db, id)) || null);
      const before = as_of === undefined ? null : (await momentOf(db, clock, mail.timezone, as_of)).asOf;
      const [sessions, total] = await Promise.all([
        listTutorSessions(db, id, { limit, offset }, before),
        countTutorSessions(db, id, before),
      ]);
      return { sessions, total, limit, offset };
    },
  );
}

function found<Row>(row: Row | null): Row {
  if (row === null) throw new AppError('not_found', 'There is no tutor with this id.', { id: 'is unknown' });
  return row;
}
