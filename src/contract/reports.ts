import { z } from 'zod';
import { oneOf, uuid } from './fields.ts';
import { instantOut } from './instant.ts';
import { page } from './query.ts';

const reportStatus = oneOf('pending', 'sending', 'sent', 'failed');

export const reportListQuery = z.strictObject({
  status: reportStatus.optional(),
  tutor_id: uuid.optional(),
  id: uuid.optional().describe('This report alone.'),
  ...page,
});

export const reportIdParams = z.object({ id: uuid });

export const reportFormatQuery = z.strictObject({ format: oneOf('html', 'text', 'source').default('html') });

export const reportListItem = z
  .object({
    id: z.string(),
    session_id: z.string(),
    tutor_id: z.string(),
    tutor_name: z.string(),
    recipient_email: z.string(),
    status: reportStatus,
    attempts: z.int(),
    sent_at: instantOut.nullable(),
    next_attempt_at: instantOut.nullable(),
    error_message: z.string().nullable(),
    provider: z.string().nullable(),
    created_at: instantOut,
  })
  .meta({ id: 'ReportListItem' });

export type ReportListItem = z.output<typeof reportListItem>;

export const reportCounts = z.object({ pending: z.int(), sending: z.int(), sent: z.int(), failed: z.int() });

export const reportList = z
  .object({
    reports: z.array(reportListItem),
    total: z.int(),
    limit: z.int(),
    offset: z.int(),
    counts: reportCounts.describe('How many reports each status would give, all else the same.'),
  })
  .meta({ id: 'ReportList' });
export type ReportList = z.output<typeof reportList>;

export const reportAccepted = z
  .object({ status: z.literal('accepted'), report_id: z.string() })
  .meta({ id: 'ReportAccepted' });
