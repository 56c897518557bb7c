import { z } from 'zod';
import { closeReason, commonCauseDay } from './evidence.ts';
import { instantOut } from './instant.ts';
import { asOfDay, wholeNumberOr } from './query.ts';
import { rescheduleOut } from './sessions.ts';
import { statistics } from './tutors.ts';

export const historyQuery = z.strictObject({
  days: wholeNumberOr(90, 1, 365),
  limit: wholeNumberOr(100, 1, 500),
  as_of: asOfDay,
});

export const tutorHistory = z
  .object({
    reschedules: z.array(rescheduleOut),
    trend: z.object({
      reschedule_rate_by_week: z.array(
        z.object({
          week: z.string().meta({ format: 'date', example: '2024-01-15' }).describe('The Monday of the ISO week.'),
          rate: z.number().nullable().describe('null = no sessions in this week.'),
          total_sessions: z.int(),
          tutor_reschedules: z.int(),
        }),
      ),
    }),
  })
  .meta({ id: 'TutorHistory' });
export type TutorHistory = z.output<typeof tutorHistory>;

export const ratesQuery = z.strictObject({ days: wholeNumberOr(90, 1, 365), as_of: asOfDay });

const flagOut = z.object({
  rule: z.string().describe('evidence; any_window_above_threshold are old flags of the literal rule.'),
  level: z.enum(['confirmed', 'watch']).nullable().describe('null = a flag of the literal rule.'),
  risk_probability: z.number().nullable().describe('When it opened; null = a flag of the literal rule.'),
  closed_probability: z.number().nullable().describe('When it closed; null = still open, or of the literal rule.'),
  opened_at: instantOut,
  closed_at: instantOut.nullable(),
  close_reason: closeReason.nullable(),
  window_days: z.int(),
  sessions: z.int(),
  reschedules: z.int(),
  rate: z.number(),
  risk_threshold: z.number(),
});

/** The three windows as they stood at one instant; the rate of a window without sessions is null. */
const ratePoint = z.object({
  at: instantOut,
  ...statistics,
  reschedule_rate_7d: z.number().nullable(),
  reschedule_rate_30d: z.number().nullable(),
  reschedule_rate_90d: z.number().nullable(),
  risk_probability: z.number().describe('From the 90 days alone, whatever was said before.'),
  expected_rate: z.number(),
  expected_rate_lower: z.number(),
  expected_rate_upper: z.number(),
});

export const tutorRates = z
  .object({
    as_of: instantOut,
    risk_threshold: z.number(),
    points: z.array(ratePoint).describe('One a day, oldest first, each 24 h after the one before; the last is as_of.'),
    flags: z.array(flagOut).describe('Every flag that was open in the period, oldest first.'),
    common_cause_days: z.array(commonCauseDay).describe('Days of the whole marketplace that no evidence counts.'),
  })
  .meta({ id: 'TutorRates' });
export type TutorRates = z.output<typeof tutorRates>;
