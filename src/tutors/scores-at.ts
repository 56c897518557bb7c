import type { Db } from '../database/connection.ts';
import { leftOutDays } from '../evidence/left-out-days.ts';
import type { Moment } from '../evidence/moment.ts';
import { priorFor } from '../evidence/prior-for.ts';
import type { StoredPrior } from '../evidence/prior-queries.ts';
import { getSettings } from '../settings/queries.ts';
import { type Scores, STORED, scoresAsOf, tiersSaidAt } from './as-of-queries.ts';
import { computeScores } from './count-queries.ts';
import { weighTutors } from './weigh-tutors.ts';

export type WeighedScores = Scores & { prior: StoredPrior };

/** The scores of all tutors, or of one, for a moment: the stored ones, or as `weighedScoresAt` works them out. */
export async function scoresAt(db: Db, moment: Moment, tutorId?: string): Promise<Scores> {
  return moment.isPast ? weighedScoresAt(db, moment, tutorId) : STORED;
}

/**
 * The scores of all tutors, or of one, for a moment: the stored ones, or those of a past day, counted from the sessions
 * as they are known today and judged by today's threshold. The tier goes on from what was said at the time, if
 * anything was. With them comes the prior that they were weighed against.
 */
export async function weighedScoresAt(db: Db, moment: Moment, tutorId?: string): Promise<WeighedScores> {
  if (!moment.isPast) return { ...STORED, prior: await priorFor(db, moment) };
  const { asOf } = moment;
  const [counted, said, prior, { risk_threshold }] = await Promise.all([
    leftOutDays(db, asOf).then((leftOut) => computeScores(db, asOf, leftOut, tutorId)),
    tiersSaidAt(db, asOf),
    priorFor(db, moment),
    getSettings(db),
  ]);
  const tutors = counted.map((tutor) => ({ ...tutor, before: said.get(tutor.tutor_id) ?? 'too_few' }));
  return { ...scoresAsOf(weighTutors(tutors, prior, risk_threshold), risk_threshold, asOf), prior };
}
