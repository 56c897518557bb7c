import type { Funnel, FunnelQuery, FunnelTutor } from '../contract/funnel.ts';
import type { Db } from '../database/connection.ts';
import { describePrior } from '../evidence/describe.ts';
import type { Moment } from '../evidence/moment.ts';
import { overdispersion } from '../scoring/overdispersion.ts';
import { rescheduleRate, type WindowCounts } from '../scoring/reschedule-rate.ts';
import { getSettings } from '../settings/queries.ts';
import { weighedScoresAt } from '../tutors/scores-at.ts';
import { limitPoints } from './limits.ts';
import { limitsPassed } from './outside.ts';
import { tutorsWithSessions } from './queries.ts';

/** With fewer sessions a rate says too little on the scale on which differences are measured. */
const ENOUGH_SESSIONS = 5;

/** The rates of a window against what chance does with so many sessions, and who lies outside of it. */
export async function getFunnel(db: Db, moment: Moment, query: FunnelQuery): Promise<Funnel> {
  const scores = await weighedScoresAt(db, moment);
  const [{ risk_threshold }, scored] = await Promise.all([getSettings(db), tutorsWithSessions(db, query, scores)]);
  const all = totalOf(scored);
  const centre = all.sessions === 0 ? 0 : all.reschedules / all.sessions;
  const differences = overdispersion(scored.filter(({ sessions }) => sessions >= ENOUGH_SESSIONS));
  const tauSquared = differences?.tauSquared ?? 0;
  const mostSessions = scored.reduce((most, { sessions }) => Math.max(most, sessions), 0);
  return {
    as_of: moment.asOf,
    window_days: query.window_days,
    risk_threshold,
    centre: rescheduleRate(all),
    phi: differences?.phi ?? null,
    tau_squared: differences?.tauSquared ?? null,
    prior: describePrior(scores.prior),
    limits: limitPoints(centre, tauSquared, mostSessions),
    tutors: scored
      .map((tutor) => ({ ...tutor, rate: rescheduleRate(tutor) ?? 0, ...limitsPassed(tutor, centre, tauSquared) }))
      .sort(bySurprise(centre)),
  };
}

function totalOf(counts: readonly WindowCounts[]): WindowCounts {
  return counts.reduce(
    (sum, { sessions, reschedules }) => ({
      sessions: sum.sessions + sessions,
      reschedules: sum.reschedules + reschedules,
    }),
    { sessions: 0, reschedules: 0 },
  );
}

/** Farthest out first, above before below, most moves more or fewer than expected first. */
function bySurprise(centre: number): (one: FunnelTutor, other: FunnelTutor) => number {
  const excess = ({ sessions, reschedules }: FunnelTutor) => reschedules - centre * sessions;
  return (one, other) => {
    const [a, b] = [excess(one), excess(other)];
    return rankOf(other) - rankOf(one) || Math.sign(b) - Math.sign(a) || Math.abs(b) - Math.abs(a);
  };
}

function rankOf({ outside, outside_overdispersed }: FunnelTutor): number {
  if (outside_overdispersed === '99.8') return 4;
  if (outside === '99.8') return 3;
  if (outside_overdispersed === '95') return 2;
  return outside === '95' ? 1 : 0;
}
