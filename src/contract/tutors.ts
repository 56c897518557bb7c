import { z } from 'zod';
import { evidenceFields } from './evidence.ts';
import { email, object, oneOf, personName, rule, uuid } from './fields.ts';
import { instantOut, instantText } from './instant.ts';
import { tutorPattern } from './pattern.ts';
import { asOfDay, page, wholeNumber } from './query.ts';

export const tutorIdParams = z.object({ id: uuid });

/** The window in a query string, and 30 when it is absent. */
export const windowDays = oneOf('7', '30', '90')
  .transform((days): 7 | 30 | 90 => (days === '7' ? 7 : days === '30' ? 30 : 90))
  .default(30)
  .meta({ type: 'integer', enum: [7, 30, 90], default: 30 });

/** Which tutors, and in which order: the list and its CSV agree. */
const tutorSelection = {
  as_of: asOfDay,
  risk_status: oneOf('high_risk', 'low_risk', 'all').default('all'),
  evidence: oneOf('confirmed', 'watch', 'flagged', 'clear', 'too_few', 'all')
    .default('all')
    .describe('flagged: confirmed or watch.'),
  window_days: windowDays.describe('The window that sort_by, rate_from and rate_below look at.'),
  rate_from: wholeNumber(0, 100).optional().describe('Only tutors with sessions in the window and at least this rate.'),
  rate_below: wholeNumber(0, 101).optional().describe('Only tutors with sessions in the window and a lower rate.'),
  sort_by: oneOf('reschedule_rate', 'total_sessions', 'moves_above_threshold', 'evidence', 'name')
    .default('reschedule_rate')
    .describe(
      'evidence: confirmed, watch, then all others, each by the probability of being above the threshold. moves_above_threshold: how many moves lie above what the threshold allows for this many sessions.',
    ),
  sort_order: oneOf('asc', 'desc').default('desc'),
  search: z
    .string(rule('must be text'))
    .max(255, 'must have at most 255 characters')
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL')
    .optional(),
  is_active: oneOf('true', 'false', 'all').default('all'),
};

const selection = z.strictObject(tutorSelection);
export const tutorListQuery = z.strictObject({ ...tutorSelection, ...page });
export type TutorSelection = z.output<typeof selection>;
export type Page = { limit: number; offset: number };

const scores = {
  reschedule_rate_7d: z.number(),
  reschedule_rate_30d: z.number(),
  reschedule_rate_90d: z.number(),
  is_high_risk: z.boolean(),
  risk_threshold: z.number(),
  last_calculated_at: instantText.describe('The instant for which the scores hold.'),
};

export const statistics = {
  total_sessions_7d: z.int(),
  total_sessions_30d: z.int(),
  total_sessions_90d: z.int(),
  tutor_reschedules_7d: z.int(),
  tutor_reschedules_30d: z.int(),
  tutor_reschedules_90d: z.int(),
};

export const tutorListItem = z
  .object({ id: z.string(), name: z.string(), is_active: z.boolean(), ...scores, ...statistics, ...evidenceFields })
  .meta({ id: 'TutorListItem' });
export type TutorListItem = z.output<typeof tutorListItem>;

/** The columns of the CSV, in their order. */
export const TUTOR_COLUMNS = [
  'id',
  'name',
  'is_active',
  'total_sessions_7d',
  'tutor_reschedules_7d',
  'reschedule_rate_7d',
  'total_sessions_30d',
  'tutor_reschedules_30d',
  'reschedule_rate_30d',
  'total_sessions_90d',
  'tutor_reschedules_90d',
  'reschedule_rate_90d',
  'risk_threshold',
  'is_high_risk',
  'evidence',
  'risk_probability',
  'expected_rate',
  'expected_rate_lower',
  'expected_rate_upper',
  'evidence_sessions',
  'evidence_reschedules',
  'rise_signalled_at',
  'last_calculated_at',
] as const satisfies readonly (keyof TutorListItem)[];

const columns = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(oneOf(...TUTOR_COLUMNS)))
  .meta({ type: 'string', example: 'id,name,reschedule_rate_30d' });

export const tutorCsvQuery = z.strictObject({
  ...tutorSelection,
  columns: columns.optional().describe('Which columns, comma-separated, in the order asked for. Absent: all.'),
});

export const tutorList = z
  .object({
    tutors: z.array(tutorListItem),
    total: z.int(),
    limit: z.int(),
    offset: z.int(),
    counts: z
      .object({ all: z.int(), high_risk: z.int(), low_risk: z.int() })
      .describe('How many tutors each risk_status would give, all else the same.'),
    evidence_counts: z
      .object({ all: z.int(), confirmed: z.int(), watch: z.int(), flagged: z.int(), clear: z.int(), too_few: z.int() })
      .describe('How many tutors each evidence would give, all else the same.'),
  })
  .meta({ id: 'TutorList' });
export type TutorList = z.output<typeof tutorList>;

export const tutorDetail = z
  .object({
    tutor: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      is_active: z.boolean(),
      created_at: instantOut,
      scores: z.object({ ...scores, ...evidenceFields }),
      statistics: z.object(statistics),
      open_flag: z
        .object({
          opened_at: instantOut,
          rule: z.string(),
          level: z.enum(['confirmed', 'watch']).nullable(),
          risk_probability: z.number().nullable(),
          window_days: z.int(),
          sessions: z.int(),
          reschedules: z.int(),
          rate: z.number(),
          risk_threshold: z.number(),
        })
        .nullable()
        .describe('Why the tutor is confirmed or on watch: what was said when the flag opened.'),
    }),
  })
  .meta({ id: 'TutorDetail' });

export type TutorDetail = z.output<typeof tutorDetail>['tutor'];

export const tutorInsights = z
  .object({
    as_of: instantOut,
    observations: z.array(z.string()).describe('Most important first.'),
    recommendation: z.string(),
    patterns: z.array(tutorPattern).describe('Most surprising first; at most three, and mostly none.'),
  })
  .meta({ id: 'TutorInsights' });
export type TutorInsights = z.output<typeof tutorInsights>;

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
