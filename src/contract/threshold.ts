import { z } from 'zod';
import { oneOf } from './fields.ts';
import { instantOut } from './instant.ts';

/** What raises a flag: the literal rule, watch or confirmed (as the product does), or confirmed alone. */
const LEVELS = ['literal', 'flagged', 'confirmed'] as const;

const THRESHOLD_RULE = 'must be a number from 0 to 100 with at most two decimals';

const threshold = z
  .string(THRESHOLD_RULE)
  .regex(/^\d{1,3}(\.\d{1,2})?$/, THRESHOLD_RULE)
  .transform(Number)
  .refine((value) => value <= 100, THRESHOLD_RULE)
  .optional()
  .describe('In tutor reschedules per 100 sessions. Absent: the stored threshold.')
  .meta({ type: 'number', minimum: 0, maximum: 100, example: 15 });

export const thresholdQuery = z.strictObject({
  risk_threshold: threshold,
  level: oneOf(...LEVELS)
    .default('flagged')
    .describe('What raises a flag. literal: any window above the threshold. flagged: watch or confirmed.'),
});

const figures = z
  .object({
    level: z.enum(LEVELS),
    risk_threshold: z.number(),
    flagged: z.int().describe('Active tutors who would be flagged now.'),
    above: z.number().describe('How many tutors are to be expected above this threshold, flagged or not.'),
    wrong: z.number().describe('How many of the flagged are to be expected not above this threshold.'),
    missed: z.number().describe('How many of those above it are to be expected not flagged.'),
    opened: z.int().describe('Flags that would have opened in the days replayed.'),
    closed: z.int(),
    changes_per_day: z.number().describe('Opened and closed together, a day.'),
  })
  .meta({ id: 'FlagFigures' });
export type FlagFigures = z.output<typeof figures>;
export type FlagLevel = FlagFigures['level'];

const day = z.string().meta({ format: 'date' }).describe('In the business time zone.');

/** What another threshold, or another level of evidence, would change: the last 90 days played again by it. */
export const thresholdReplay = z
  .object({
    as_of: instantOut.describe('Up to when sessions count; not older than a minute.'),
    tutors: z.int().describe('Active tutors with sessions in the last 90 days: all figures are about them.'),
    current: figures.describe('watch or confirmed at the stored threshold: how flags are raised now.'),
    chosen: figures.describe('What was asked for.'),
    rules: z.array(figures).describe('The three levels at the threshold asked for.'),
    days: z
      .array(z.object({ day, flagged: z.int(), current: z.int() }))
      .describe('Tutors flagged at the end of each day by what was asked for and as it is now, oldest first.'),
    common_cause_days: z.array(day).describe('Of the days replayed those that no evidence counts.'),
    by_threshold: z
      .array(z.object({ risk_threshold: z.number(), flagged: z.int() }))
      .describe(
        'Tutors flagged now at the level asked for. What was said before is followed in steps of 15 days, which misses a few.',
      ),
    on_change: z
      .object({ opened: z.int(), closed: z.int(), level_changed: z.int() })
      .describe('What storing the threshold asked for would do at once to the flags of all tutors.'),
  })
  .meta({ id: 'ThresholdReplay' });
export type ThresholdReplay = z.output<typeof thresholdReplay>;
