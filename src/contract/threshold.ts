import { z } from 'zod';
import { oneOf } from './fields.ts';
import { instantOut } from './instant.ts';
import { FLAG_LEVELS, readThreshold, THRESHOLD_RULE } from './threshold-question.ts';

const threshold = z
  .string(THRESHOLD_RULE)
  .refine((text) => readThreshold(text) !== null, THRESHOLD_RULE)
  .transform(Number)
  .optional()
  .describe('In tutor reschedules per 100 sessions. Absent: the stored threshold.')
  .meta({ type: 'number', minimum: 0, maximum: 100, example: 15 });

export const thresholdQuery = z.strictObject({
  risk_threshold: threshold,
  level: oneOf(...FLAG_LEVELS)
    .default('flagged')
    .describe('What raises a flag. literal: any window above the threshold. flagged: watch or confirmed.'),
});

const figures = z
  .object({
    level: z.enum(FLAG_LEVELS),
    risk_threshold: z.number(),
    flagged: z
      .int()
      .describe('Active tutors flagged now: at the stored threshold as stored, at another what the replay ends with.'),
    above: z.number().describe('How many tutors are to be expected above this threshold, flagged or not.'),
    wrong: z.number().describe('How many of the flagged are to be expected not above this threshold.'),
    missed: z.number().describe('How many of those above it are to be expected not flagged.'),
    opened: z.int().describe('Flags that would have opened in the nights counted (`nights`).'),
    closed: z.int().describe('Flags that would have closed in them.'),
    changes_per_day: z.number().nullable().describe('Opened and closed together, a night; null in no nights.'),
  })
  .meta({ id: 'FlagFigures' });
export type FlagFigures = z.output<typeof figures>;

const day = z.string().meta({ format: 'date' }).describe('In the business time zone.');

/**
 * What another threshold, or another level of evidence, would change: the last 90 days played again by it, from the
 * sessions as they are known today.
 */
export const thresholdReplay = z
  .object({
    as_of: instantOut.describe('Up to when sessions count; not older than a minute.'),
    tutors: z.int().describe('Active tutors with sessions in the last 90 days: all figures are about them.'),
    nights: z
      .int()
      .describe(
        'Nights that changes are counted in: those of the last 90 with 104 days since the first session of all, which are the 90 that evidence looks back on and two weeks for flags to settle.',
      ),
    current: figures.describe('watch or confirmed at the stored threshold: how flags are raised now.'),
    chosen: figures.describe('What was asked for.'),
    rules: z.array(figures).describe('The three levels at the threshold asked for.'),
    days: z
      .array(z.object({ day, flagged: z.int(), current: z.int() }))
      .describe('By the replay, tutors flagged at the end of each day as asked for and as it is now, oldest first.'),
    common_cause_days: z.array(day).describe('Of the days replayed those that no evidence counts.'),
    by_threshold: z
      .array(z.object({ risk_threshold: z.number(), flagged: z.int() }))
      .describe(
        'Tutors flagged now at the level asked for, by each threshold from 1 to 50, and up to there by the stored one and the one asked for: these two as in their figures. At the others what was said before is followed in steps of 15 days, which misses a few.',
      ),
    on_change: z
      .object({ opened: z.int(), closed: z.int(), level_changed: z.int() })
      .describe('What storing the threshold asked for would do at once to the flags of all tutors.'),
  })
  .meta({ id: 'ThresholdReplay' });
export type ThresholdReplay = z.output<typeof thresholdReplay>;
