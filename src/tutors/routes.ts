import { z } from 'zod';
import { page } from '../contract/query.ts';
import { tutorSessions } from '../contract/sessions.ts';
import {
  historyQuery,
  ratesQuery,
  TUTOR_COLUMNS,
  tutorBody,
  tutorCsvQuery,
  tutorDetail,
  tutorHistory,
  tutorIdParams,
  tutorList,
  tutorListQuery,
  tutorRates,
  tutorStored,
} from '../contract/tutors.ts';
import { AppError } from '../errors.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { failures } from '../http/responses.ts';
import { countTutorSessions, listTutorSessions } from '../sessions/queries.ts';
import { exportTutors } from './export-tutors.ts';
import { getTutorDetail } from './get-tutor-detail.ts';
import { getTutorRates } from './get-tutor-rates.ts';
import { putTutor } from './put-tutor.ts';
import { countTutors, listReschedules, listTutors, rateByWeek, tutorExists } from './queries.ts';

const tags = ['Tutors'];

export function tutorRoutes(app: ZodApp, { db, clock, mail }: ApiDeps): void {
  app.get(
    '/api/tutors',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        summary: 'Tutors with their scores',
        description: 'Sorted by the rate of the window, highest first, unless asked otherwise; ties by id.',
        querystring: tutorListQuery,
        response: { 200: tutorList, ...failures.read },
      },
    },
    async ({ query }) => {
      const [tutors, counted] = await Promise.all([listTutors(db, query, query), countTutors(db, query)]);
      return { tutors, ...counted, limit: query.limit, offset: query.offset };
    },
  );

  app.get(
    '/api/tutors.csv',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        summary: 'All tutors of a selection as CSV',
        querystring: tutorCsvQuery,
        response: { 200: z.string().describe('CSV, one line a tutor'), ...failures.read },
      },
    },
    async ({ query }, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="tutors.csv"')
        .type('text/csv; charset=utf-8')
        .serializer((csv: string) => csv)
        .send(await exportTutors(db, query, query.columns ?? TUTOR_COLUMNS)),
  );

  app.get(
    '/api/tutors/:id',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        summary: 'One tutor',
        params: tutorIdParams,
        response: { 200: tutorDetail, ...failures.readOne },
      },
    },
    async ({ params }) => ({ tutor: found(await getTutorDetail(db, params.id)) }),
  );

  app.put(
    '/api/tutors/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Create or update a tutor of the roster',
        params: tutorIdParams,
        body: tutorBody,
        response: { 200: tutorStored, 201: tutorStored, ...failures.write },
      },
    },
    async ({ params, body }, reply) => {
      const stored = await putTutor(db, clock, params.id, body);
      return reply.code(stored.outcome === 'created' ? 201 : 200).send(stored);
    },
  );

  app.get(
    '/api/tutors/:id/history',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        summary: 'Reschedules of a period, and the rate of each of its weeks',
        params: tutorIdParams,
        querystring: historyQuery,
        response: { 200: tutorHistory, ...failures.readOne },
      },
    },
    async ({ params: { id }, query: { days, limit } }) => {
      found((await tutorExists(db, id)) || null);
      const asOf = await clock(db);
      const [reschedules, weeks] = await Promise.all([
        listReschedules(db, id, days, limit, asOf),
        rateByWeek(db, id, days, mail.timezone, asOf),
      ]);
      return { reschedules, trend: { reschedule_rate_by_week: weeks } };
    },
  );

  app.get(
    '/api/tutors/:id/rates',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        summary: 'The three windows day by day, and the flags of the period',
        params: tutorIdParams,
        querystring: ratesQuery,
        response: { 200: tutorRates, ...failures.readOne },
      },
    },
    async ({ params, query }) => found(await getTutorRates(db, clock, params.id, query.days)),
  );

  app.get(
    '/api/tutors/:id/sessions',
    {
      config: { access: 'viewer' },
      schema: {
        tags,
        summary: 'Sessions of a tutor, newest first',
        params: tutorIdParams,
        querystring: z.strictObject(page),
        response: { 200: tutorSessions, ...failures.readOne },
      },
    },
    async ({ params: { id }, query }) => {
      found((await tutorExists(db, id)) || null);
      const [sessions, total] = await Promise.all([listTutorSessions(db, id, query), countTutorSessions(db, id)]);
      return { sessions, total, ...query };
    },
  );
}

function found<Row>(row: Row | null): Row {
  if (row === null) throw new AppError('not_found', 'There is no tutor with this id.', { id: 'is unknown' });
  return row;
}
