import { auditCsvQuery, auditList, auditListQuery } from '../contract/audit.ts';
import { csvStreams, sendCsv } from '../http/answers/csv-files.ts';
import { failures, textOf } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { exportRecords } from './export-records.ts';
import type { GatheredReads } from './gather-reads.ts';
import { countRecords, listRecords } from './queries.ts';

const tags = ['Operation'];

export function auditRoutes(app: ZodApp, { db, mail, reads }: ApiDeps & { reads: GatheredReads }): void {
  app.get(
    '/api/audit',
    {
      config: { access: 'admin', audit: { action: 'saw', subject: 'audit_log' } },
      schema: {
        tags,
        summary: 'Who saw, changed and exported what, newest first',
        description: 'What was seen a moment ago through another process may come a second later.',
        querystring: auditListQuery,
        response: { 200: auditList, ...failures.read },
      },
    },
    async ({ query }) => {
      await reads.flush();
      const { limit, offset } = query;
      const [records, total] = await Promise.all([
        listRecords(db, query, { limit, offset }, mail.timezone),
        countRecords(db, query, mail.timezone),
      ]);
      return { records, total, limit, offset };
    },
  );

  const streamOf = csvStreams();
  app.get(
    '/api/audit.csv',
    {
      config: {
        access: 'admin',
        audit: {
          action: 'exported',
          subject: 'audit_log',
          choices: ['from', 'to', 'actor_kind', 'action', 'subject'],
        },
      },
      schema: {
        tags,
        summary: 'Records of the audit log as CSV, newest first',
        description: 'As they stand at one instant. A connection that breaks before its end has not sent all of them.',
        querystring: auditCsvQuery,
        response: { 200: textOf('CSV, one line a record', 'text/csv'), ...failures.read },
      },
    },
    async (request, reply) => {
      await sendCsv(request, reply, 'audit-log.csv', async () => {
        await reads.flush();
        return streamOf(request, exportRecords(db, request.query, mail.timezone));
      });
      return reply;
    },
  );
}
