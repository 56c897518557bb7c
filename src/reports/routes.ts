import { asOfQuery } from '../contract/query.ts';
import { reportAccepted, reportFormatQuery, reportIdParams, reportList, reportListQuery } from '../contract/reports.ts';
import { tutorIdParams, tutorInsights } from '../contract/tutors.ts';
import { announce } from '../database/announce.ts';
import { AppError } from '../errors.ts';
import { keptAnswers } from '../http/answers/kept-answers.ts';
import { failures, textOf } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { actorOf } from '../http/callers/actor.ts';
import { getTutorInsights } from './get-tutor-insights.ts';
import { countReports, getReport, listReports } from './queries.ts';
import { readableReport } from './readable-report.ts';
import { resendReport } from './resend-report.ts';

const tags = ['Reports'];

export function reportRoutes(app: ZodApp, deps: ApiDeps): void {
  const { db, clock, signals, mail } = deps;
  const kept = keptAnswers(deps);

  app.get(
    '/api/reports',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'reports' } },
      schema: {
        tags,
        summary: 'Reports, newest first',
        querystring: reportListQuery,
        response: { 200: reportList, ...failures.read },
      },
    },
    async ({ query }) => {
      const [reports, counted] = await Promise.all([listReports(db, query), countReports(db, query)]);
      return { reports, ...counted, limit: query.limit, offset: query.offset };
    },
  );

  app.get(
    '/api/reports/:id',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'report' } },
      schema: {
        tags,
        summary: 'A report as it is mailed: HTML, text or source',
        params: reportIdParams,
        querystring: reportFormatQuery,
        response: { 200: textOf('The report', 'text/html', 'text/plain'), ...failures.readOne },
      },
    },
    async ({ params, query }, reply) => {
      const report = await getReport(db, params.id);
      if (report === null) throw new AppError('not_found', 'There is no report with this id.', { id: 'is unknown' });
      const { contentType, content } = await readableReport(report, query.format, mail);
      return reply
        .header(
          'content-security-policy',
          "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        )
        .type(contentType)
        .serializer((text: string) => text)
        .send(content);
    },
  );

  app.post(
    '/api/reports/:id/resend',
    {
      config: { access: 'coach', audit: { action: 'changed', subject: 'report' } },
      schema: {
        tags,
        summary: 'Send a report once more',
        params: reportIdParams,
        response: { 202: reportAccepted, ...failures.write },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await resendReport(db, clock, id, actorOf(request));
      signals.reportsWaiting([id]);
      await announce(db, { reports: 1 });
      return reply.code(202).send({ status: 'accepted', report_id: id });
    },
  );

  app.get(
    '/api/tutors/:id/insights',
    {
      config: { access: 'viewer', audit: { action: 'saw', subject: 'tutor' } },
      schema: {
        tags: ['Tutors'],
        summary: 'What a report would say of a tutor',
        params: tutorIdParams,
        querystring: asOfQuery,
        response: { 200: tutorInsights, ...failures.readOne },
      },
    },
    (request, reply) =>
      kept.json(request, reply, {}, async (moment) => {
        const insights = await getTutorInsights(db, request.params.id, moment, mail.timezone);
        if (insights === null) throw new AppError('not_found', 'There is no tutor with this id.', { id: 'is unknown' });
        return insights;
      }),
  );
}
