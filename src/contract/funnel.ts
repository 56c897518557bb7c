import { z } from 'zod';
import { evidenceTier, prior } from './evidence.ts';
import { oneOf } from './fields.ts';
import { instantOut } from './instant.ts';
import { asOfDay } from './query.ts';
import { windowDays } from './tutors.ts';

export const funnelQuery = z.strictObject({
  window_days: windowDays
    .unwrap()
    .default(90)
    .meta({ type: 'integer', enum: [7, 30, 90], default: 90 }),
  is_active: oneOf('true', 'false', 'all').default('true'),
  as_of: asOfDay,
});
export type FunnelQuery = z.output<typeof funnelQuery>;

const limit = z.number();

/** Between which rates tutors with so many sessions lie, in per cent; a lower limit of 0 is no limit. */
const limitPoint = z.object({
  sessions: z.int(),
  lower_95: limit,
  upper_95: limit,
  lower_998: limit,
  upper_998: limit,
  overdispersed_lower_95: limit.describe('The overdispersed ones allow for tutors differing by more than chance.'),
  overdispersed_upper_95: limit,
  overdispersed_lower_998: limit,
  overdispersed_upper_998: limit,
});
export type LimitPoint = z.output<typeof limitPoint>;

const passed = z.enum(['95', '99.8']).nullable();

const funnelTutor = z.object({
  id: z.string(),
  name: z.string(),
  sessions: z.int(),
  reschedules: z.int(),
  rate: z.number(),
  evidence: evidenceTier,
  risk_probability: z.number().nullable(),
  outside: passed.describe(
    'Outside of which limits of chance the counts lie, by their exact tail; null = within both.',
  ),
  outside_overdispersed: passed.describe(
    'The same of the overdispersed limits, which nobody passes without passing chance.',
  ),
});
export type FunnelTutor = z.output<typeof funnelTutor>;

/** The rates of all tutors of a window against what chance does with so many sessions. */
export const funnel = z
  .object({
    as_of: instantOut,
    window_days: z.int(),
    risk_threshold: z.number(),
    centre: z
      .number()
      .nullable()
      .describe('The rate of all together, around which the limits lie; null = no sessions.'),
    phi: z
      .number()
      .nullable()
      .describe('How much tutors differ: about 1 when by chance alone; null = fewer than two with 5 sessions.'),
    tau_squared: z
      .number()
      .nullable()
      .describe(
        'The variance between tutors on the arcsine scale, by which the overdispersed limits are wider; 0 = chance alone.',
      ),
    prior,
    limits: z.array(limitPoint).describe('For drawing, at rising numbers of sessions from 1 to the most of a tutor.'),
    tutors: z
      .array(funnelTutor)
      .describe(
        'Those with sessions. First who lies outside of the overdispersed limits of 99.8 %, then of those of chance, then the same of 95 %; among them first above the centre, then by how many moves more or fewer than the centre expects.',
      ),
  })
  .meta({ id: 'Funnel' });
export type Funnel = z.output<typeof funnel>;
