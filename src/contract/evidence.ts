import { z } from 'zod';
import { instantOut, instantText } from './instant.ts';
import { wholeNumberOr } from './query.ts';

/** How sure it is that a tutor's true rate is above the threshold; `src/scoring/evidence.ts` tells what each means. */
export const evidenceTier = z.enum(['confirmed', 'watch', 'clear', 'too_few']).meta({ id: 'EvidenceTier' });

/** Why a flag closed. The last two are of flags of the literal rule, which opens none any more. */
export const closeReason = z
  .enum([
    'threshold_raised',
    'became_confirmed',
    'became_watch',
    'too_few_sessions',
    'common_cause_day',
    'fewer_moves',
    'more_kept_sessions',
    'prior_changed',
    'rate_fell',
    'rule_replaced',
  ])
  .meta({ id: 'CloseReason' })
  .describe(
    'threshold_raised · became_confirmed, became_watch: another level took its place · too_few_sessions are left to say · common_cause_day: a day is left out now · fewer_moves are in the 90 days · more_kept_sessions are · prior_changed: what is usual among tutors did · rate_fell, rule_replaced: of old flags of the literal rule',
  );
export type CloseReason = z.output<typeof closeReason>;

/** What stands beside the counts of every score. Rates are per 100 sessions, as everywhere on the wire. */
export const evidenceFields = {
  evidence: evidenceTier,
  risk_probability: z
    .number()
    .nullable()
    .describe('How likely the true rate is above the threshold, 0 to 1; null = not weighed yet.'),
  expected_rate: z.number().nullable().describe('The rate to expect of the next sessions; null = not weighed yet.'),
  expected_rate_lower: z.number().nullable().describe('The true rate lies between lower and upper with 90 %.'),
  expected_rate_upper: z.number().nullable(),
  evidence_sessions: z.int().describe('Sessions of the last 90 days, without days of a common cause.'),
  evidence_reschedules: z.int().describe('Those of them that the tutor moved.'),
  prior_version: z.int().nullable().describe('What it was weighed against; null = the prior of a new installation.'),
  rise_signalled_at: instantText
    .nullable()
    .describe("When the alarm for a rise of the tutor's own rate was last given, in the last 30 days."),
};

const rate = z.number().describe('Tutor reschedules per 100 sessions.');

/** How tutors differ, as far as the data of one night tell. */
export const prior = z
  .object({
    version: z.int().nullable().describe('null = a new installation, nothing fitted yet.'),
    as_of: instantOut.nullable(),
    basis: z
      .enum(['fitted', 'no_difference', 'assumed'])
      .describe(
        'fitted: from the data. no_difference: the data show no difference between tutors. assumed: too little data to tell how tutors differ, so the usual is assumed.',
      ),
    a: z.number().describe('Beta(a, b): as if so many moved …'),
    b: z.number().describe('… and so many kept sessions had been seen of every tutor.'),
    mean_rate: rate,
    rate_lower: rate.describe('Nine of ten tutors have a true rate between lower and upper.'),
    rate_upper: rate,
    tutors: z.int().describe('Active tutors with sessions that it was fitted to.'),
    sessions: z.int(),
    reschedules: z.int(),
  })
  .meta({ id: 'Prior' });
export type Prior = z.output<typeof prior>;

export const priorQuery = z.strictObject({ limit: wholeNumberOr(90, 1, 500) });
export const priorHistory = z
  .object({ prior, history: z.array(prior).describe('Newest first.') })
  .meta({ id: 'PriorHistory' });

/** A day of the marketplace whose many moves had a common cause; its sessions are left out of all evidence. */
export const commonCauseDay = z
  .object({
    day: z.string().meta({ format: 'date' }).describe('In the business time zone.'),
    sessions: z.int(),
    reschedules: z.int(),
    rate: z.number(),
  })
  .meta({ id: 'CommonCauseDay' });
export type CommonCauseDay = z.output<typeof commonCauseDay>;

/** Why a tutor is in a tier, and what would change it. */
export const tutorEvidence = z
  .object({
    as_of: instantOut,
    risk_threshold: z.number(),
    ...evidenceFields,
    prior,
    sentences: z.array(z.string()).describe('The same in words, most important first.'),
    moves: z
      .array(z.object({ session_id: z.string(), original_time: instantOut, student_id: z.string() }))
      .describe('The moved sessions that count, newest first.'),
    left_out: z
      .array(commonCauseDay)
      .describe("Days of a common cause on which the tutor had sessions, with the tutor's own counts."),
    clears: z
      .object({
        at: instantOut
          .nullable()
          .describe('When the tutor is neither confirmed nor on watch any more if nothing more happens.'),
        becomes: evidenceTier
          .nullable()
          .describe('What is said then; too_few = so few sessions are left that nothing is.'),
        moves_leaving: z.int().describe('How many moves have left the window by then.'),
        kept_sessions: z
          .int()
          .nullable()
          .describe('The same after so many kept sessions in a row; null = more than 500.'),
      })
      .nullable()
      .describe('What clears the flag; null for who is neither confirmed nor on watch.'),
    rise: z
      .object({
        signalled_at: instantOut,
        usual_rate: rate.describe(
          "The rate taken for usual: the tutor's own before, at least that of all tutors, rounded up.",
        ),
        move_days: z.int().describe('Days with a move since moves began to gather.'),
        kept_sessions: z.int().describe('Sessions kept in that time.'),
      })
      .nullable()
      .describe("The last alarm for a rise of the tutor's own rate, in the last 30 days."),
  })
  .meta({ id: 'TutorEvidence' });
export type TutorEvidence = z.output<typeof tutorEvidence>;
