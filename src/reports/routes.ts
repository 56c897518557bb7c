import { z } from 'zod';
import { reportAccepted, reportFormatQuery, reportIdParams, reportList, reportListQuery } from '../contract/reports.ts';
import { announce } from '../database/announce.ts';
import { AppError } from '../errors.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { failures } from '../http/responses.ts';
import { countReports, getReport, listReports } from './queries.ts';
import { readableReport } from './readable-report.ts';
import { resendReport } from './resend-report.ts';

const tags = ['Reports'];

export function reportRoutes(app: ZodApp, { db, clock, signals, mail }: ApiDeps): void {
  app.get(
    '/api/reports',
    {
      schema: {
        tags,
        summary: 'Reports, newest first',
        querystring: reportListQuery,
        response: { 200: reportList, ...failures.read },
      },
    },
    async ({ query }) => {
      const [reports, total] = await Promise.all([listReports(db, query), countReports(db, query)]);
      return { reports, total, limit: query.limit, offset: query.offset };
    },
  );

  app.get(
    '/api/reports/:id',
    {
      schema: {
        tags,
        summary: 'A report as it is mailed: HTML, text or source',
        params: reportIdParams,
        querystring: reportFormatQuery,
        response: { 200: z.string(), ...failures.readOne },
      },
    },
    async ({ params, query }, reply) => {
      const report = await getReport(db, params.id);
      if (report === null) throw new AppError('not_found', 'There is no report with this id.', { id: 'is unknown' });
      const { contentType, content } = await readableReport(report, query.format, mail);
      return reply
        .header('content-security-policy', "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'")
        .type(contentType)
        .serializer((text: string) => text)
        .send(content);
    },
  );

  app.post(
    '/api/reports/:id/resend',
    {
      schema: {
        tags,
        summary: 'Send a report once more',
        params: reportIdParams,
        response: { 202: reportAccepted, ...failures.write },
      },
    },
    async ({ params: { id } }, reply) => {
      await resendReport(db, clock, id);
      signals.reportsWaiting([id]);
      await announce(db, { reports: 1 });
      return reply.code(202).send({ status: 'accepted', report_id: id });
    },
  );
}
