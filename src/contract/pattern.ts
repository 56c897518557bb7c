import { z } from 'zod';

/** A place in which a tutor's moves gather more than chance explains. */
export const tutorPattern = z
  .object({
    kind: z.enum(['weekday', 'hours', 'notice', 'reason', 'student', 'first_session']),
    name: z.string().describe("In words: Friday, from 9:00 to 12:00, a reason, a student's id."),
    moves_inside: z.int(),
    moves_all: z
      .int()
      .describe("The tutor's moves of the last 90 days whose notice or reason is known; no days of a common cause."),
    sessions_inside: z.int().describe("The tutor's sessions there; for notice and reason, the moves of other tutors."),
    sessions_all: z.int(),
    rate_ratio: z
      .number()
      .nullable()
      .describe('How many times as often as elsewhere, or as with other tutors; null = there is no move there.'),
    rate_ratio_lower: z.number().describe('The true ratio lies between lower and upper with 95 %.'),
    rate_ratio_upper: z.number().nullable().describe('null = without end.'),
    adjusted_p_value: z
      .number()
      .describe('The chance of such a finding anywhere, were there none; counts all that was looked at.'),
    sentence: z.string().describe('The same in words, and one of the observations.'),
  })
  .meta({ id: 'TutorPattern' });
export type TutorPattern = z.output<typeof tutorPattern>;
