import { z } from 'zod';
import { closeReason, commonCauseDay, prior } from './evidence.ts';
import { instantOut } from './instant.ts';
import { asOfDay } from './query.ts';
import { reportCounts, reportListItem } from './reports.ts';
import { tutorListItem, windowDays } from './tutors.ts';

export const overviewQuery = z.strictObject({ window_days: windowDays, as_of: asOfDay });

const period = z.object({ total_sessions: z.int(), tutor_reschedules: z.int(), rate: z.number().nullable() });

/** All figures count the whole marketplace; those of a period look at the last `window_days` days. */
export const overview = z
  .object({
    as_of: instantOut,
    window_days: z.int(),
    risk_threshold: z.number(),
    tutors: z
      .object({
        total: z.int(),
        active: z.int(),
        high_risk: z.int(),
        confirmed: z.int(),
        watch: z.int(),
        clear: z.int(),
        too_few: z.int(),
      })
      .describe('high_risk is the literal rule, any window above the threshold; the last four are the evidence tiers.'),
    prior,
    common_cause_days: z.array(commonCauseDay).describe('Those of the period, newest first.'),
    flags: z.object({ opened: z.int(), closed: z.int() }).describe('How many flags opened and closed in the period.'),
    period,
    previous_period: period.describe('The same number of days right before.'),
    sessions_by_status: z.object({ completed: z.int(), rescheduled: z.int(), no_show: z.int() }),
    distribution: z
      .array(z.object({ from: z.int(), to: z.int(), tutors: z.int() }))
      .describe('Tutors by their rate, in steps of 5 points, lower end included; only tutors with sessions.'),
    who_first: z.array(tutorListItem).describe('Active tutors who are confirmed or on watch, the surest first.'),
    recent_flags: z.array(
      z.object({
        tutor_id: z.string(),
        tutor_name: z.string(),
        change: z.enum(['opened', 'closed']),
        rule: z.string(),
        level: z.enum(['confirmed', 'watch']).nullable(),
        risk_probability: z.number().nullable().describe('When it opened, or when it closed.'),
        at: instantOut,
        window_days: z.int(),
        sessions: z.int(),
        reschedules: z.int(),
        rate: z.number(),
        risk_threshold: z.number(),
        close_reason: closeReason.nullable(),
      }),
    ),
    reports: reportCounts.describe('Reports made in the period.'),
    recent_reports: z.array(reportListItem),
    waiting: z
      .object({ tutors: z.int(), since: instantOut.nullable() })
      .describe('Work that is not scored yet; nothing for a past day.'),
  })
  .meta({ id: 'Overview' });
export type Overview = z.output<typeof overview>;
