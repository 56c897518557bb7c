import { z } from 'zod';
import { instantOut } from './instant.ts';
import { reportListItem } from './reports.ts';

const period = z.object({ total_sessions: z.int(), tutor_reschedules: z.int(), rate: z.number().nullable() });

export const overview = z
  .object({
    as_of: instantOut,
    risk_threshold: z.number(),
    tutors: z.object({ total: z.int(), active: z.int(), high_risk: z.int() }),
    last_30d: period,
    previous_30d: period,
    sessions_by_status_30d: z.object({ completed: z.int(), rescheduled: z.int(), no_show: z.int() }),
    distribution_30d: z
      .array(z.object({ from: z.int(), to: z.int(), tutors: z.int() }))
      .describe('Tutors by their 30-day rate, in steps of 5 points, lower end included; only tutors with sessions.'),
    recent_flags: z.array(
      z.object({
        tutor_id: z.string(),
        tutor_name: z.string(),
        change: z.enum(['opened', 'closed']),
        at: instantOut,
        window_days: z.int(),
        sessions: z.int(),
        reschedules: z.int(),
        rate: z.number(),
        risk_threshold: z.number(),
        close_reason: z.string().nullable(),
      }),
    ),
    reports_30d: z.object({ pending: z.int(), sending: z.int(), sent: z.int(), failed: z.int() }),
    recent_reports: z.array(reportListItem),
    waiting: z.object({ tutors: z.int(), since: instantOut.nullable() }).describe('Work that is not scored yet.'),
  })
  .meta({ id: 'Overview' });
export type Overview = z.output<typeof overview>;
