import { z } from 'zod';
import { email, object, oneOf, personName, rule, uuid } from './fields.ts';
import { instantOut } from './instant.ts';
import { page, wholeNumber } from './query.ts';
import { rescheduleOut } from './sessions.ts';

export const tutorIdParams = z.object({ id: uuid });

/** Which tutors, and in which order: the list and its CSV agree. */
const tutorSelection = {
  risk_status: oneOf('high_risk', 'low_risk', 'all').default('all'),
  sort_by: oneOf('reschedule_rate', 'total_sessions', 'name').default('reschedule_rate'),
  sort_order: oneOf('asc', 'desc').default('desc'),
  search: z
    .string(rule('must be text'))
    .max(255, 'must have at most 255 characters')
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL')
    .optional(),
  is_active: oneOf('true', 'false', 'all').default('all'),
};

export const tutorCsvQuery = z.strictObject(tutorSelection);
export const tutorListQuery = z.strictObject({ ...tutorSelection, ...page });
export type TutorSelection = z.output<typeof tutorCsvQuery>;
export type Page = { limit: number; offset: number };

const scores = {
  reschedule_rate_7d: z.number(),
  reschedule_rate_30d: z.number(),
  reschedule_rate_90d: z.number(),
  is_high_risk: z.boolean(),
  risk_threshold: z.number(),
  last_calculated_at: instantOut.describe('The instant for which the scores hold.'),
};

const statistics = {
  total_sessions_7d: z.int(),
  total_sessions_30d: z.int(),
  total_sessions_90d: z.int(),
  tutor_reschedules_7d: z.int(),
  tutor_reschedules_30d: z.int(),
  tutor_reschedules_90d: z.int(),
};

const tutorListItem = z
  .object({ id: z.string(), name: z.string(), is_active: z.boolean(), ...scores, ...statistics })
  .meta({ id: 'TutorListItem' });
export type TutorListItem = z.output<typeof tutorListItem>;

export const tutorList = z
  .object({ tutors: z.array(tutorListItem), total: z.int(), limit: z.int(), offset: z.int() })
  .meta({ id: 'TutorList' });

export const tutorDetail = z
  .object({
    tutor: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      is_active: z.boolean(),
      created_at: instantOut,
      scores: z.object(scores),
      statistics: z.object(statistics),
      open_flag: z
        .object({
          opened_at: instantOut,
          rule: z.string(),
          window_days: z.int(),
          sessions: z.int(),
          reschedules: z.int(),
          rate: z.number(),
          risk_threshold: z.number(),
        })
        .nullable()
        .describe('Why the tutor is high risk: the window that raised the flag, as it was then.'),
    }),
  })
  .meta({ id: 'TutorDetail' });

export const historyQuery = z.strictObject({ days: wholeNumber(1, 365, 90), limit: wholeNumber(1, 500, 100) });

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

export const tutorBody = object({
  name: personName,
  email: email.nullish().describe('Absent keeps the stored one, null removes it.'),
  is_active: z.boolean(rule('must be true or false')).optional(),
}).meta({ id: 'TutorBody' });

export const tutorStored = z
  .object({
    tutor: z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), is_active: z.boolean() }),
    outcome: z.enum(['created', 'updated']),
  })
  .meta({ id: 'TutorStored' });
