import type { Overview } from '../contract/overview.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { listReports } from '../reports/queries.ts';
import { windowAt } from '../scoring/window.ts';
import { getSettings } from '../settings/queries.ts';
import {
  marketplacePeriod,
  rateDistribution,
  recentFlags,
  reportTotals,
  sessionsByStatus,
  tutorTotals,
  waitingWork,
} from './queries.ts';

const LATELY = 10;

/** Every figure counts all tutors, in the database: a page of the list is no sample of them. */
export async function getOverview(db: Db, clock: Clock): Promise<Overview> {
  const as_of = await clock(db);
  const [settings, tutors, last_30d, previous_30d, statuses, distribution, flags, reports, recent_reports, waiting] =
    await Promise.all([
      getSettings(db),
      tutorTotals(db),
      marketplacePeriod(db, as_of),
      marketplacePeriod(db, windowAt(as_of, 30).from),
      sessionsByStatus(db, as_of),
      rateDistribution(db),
      recentFlags(db, LATELY),
      reportTotals(db, as_of),
      listReports(db, { limit: LATELY, offset: 0 }),
      waitingWork(db),
    ]);
  return {
    as_of,
    risk_threshold: settings.risk_threshold,
    tutors,
    last_30d,
    previous_30d,
    sessions_by_status_30d: statuses,
    distribution_30d: distribution,
    recent_flags: flags,
    reports_30d: reports,
    recent_reports,
    waiting,
  };
}
