import type { Overview } from '../contract/overview.ts';
import type { Db } from '../database/connection.ts';
import { commonCauseDaysWithin } from '../evidence/day-queries.ts';
import { describeDay, describePrior } from '../evidence/describe.ts';
import type { Moment } from '../evidence/moment.ts';
import { listReports } from '../reports/queries.ts';
import { type WindowDays, windowAt } from '../scoring/window.ts';
import { getSettings } from '../settings/queries.ts';
import { listTutors } from '../tutors/queries.ts';
import { weighedScoresAt } from '../tutors/scores-at.ts';
import {
  flagTotals,
  marketplacePeriod,
  rateDistribution,
  recentFlags,
  reportTotals,
  sessionsByStatus,
  tutorTotals,
  waitingWork,
} from './queries.ts';

const LATELY = { limit: 10, offset: 0 };
const FIRST = { limit: 8, offset: 0 };

/** Nobody talks to a tutor who has left: only active ones. */
const WHO_FIRST = {
  risk_status: 'all',
  evidence: 'flagged',
  is_active: 'true',
  sort_by: 'evidence',
  sort_order: 'desc',
} as const;

/** A past day is counted when it is asked for. */
const NOTHING_WAITS: Overview['waiting'] = { tutors: 0, since: null };

/** Every figure counts all tutors, in the database: a page of the list is no sample of them. */
export async function getOverview(db: Db, moment: Moment, window_days: WindowDays): Promise<Overview> {
  const as_of = moment.asOf;
  const scores = await weighedScoresAt(db, moment);
  const now = windowAt(as_of, window_days);
  const before = windowAt(now.from, window_days);
  const [settings, tutors, flags, period, previous_period, sessions_by_status, distribution] = await Promise.all([
    getSettings(db),
    tutorTotals(db, scores),
    flagTotals(db, now),
    marketplacePeriod(db, now),
    marketplacePeriod(db, before),
    sessionsByStatus(db, now),
    rateDistribution(db, window_days, scores),
  ]);
  const [who_first, recent_flags, reports, recent_reports, waiting, named] = await Promise.all([
    listTutors(db, { ...WHO_FIRST, window_days }, FIRST, scores),
    recentFlags(db, as_of, LATELY.limit),
    reportTotals(db, now),
    listReports(db, LATELY, as_of),
    moment.isPast ? NOTHING_WAITS : waitingWork(db),
    commonCauseDaysWithin(db, now),
  ]);
  return {
    as_of,
    window_days,
    risk_threshold: settings.risk_threshold,
    tutors,
    prior: describePrior(scores.prior),
    common_cause_days: named.map(describeDay),
    flags,
    period,
    previous_period,
    sessions_by_status,
    distribution,
    who_first,
    recent_flags,
    reports,
    recent_reports,
    waiting,
  };
}
