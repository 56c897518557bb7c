import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db, Tx } from '../database/connection.ts';
import { failureOf } from '../database/failures.ts';
import { messageOf } from '../errors.ts';
import { makeReports } from '../reports/make-reports.ts';
import { rescoreTutors } from '../tutors/rescore.ts';
import { type Claim, claimTutors, finishClaims, reclaimTutors, setAside } from '../tutors/work-list-queries.ts';
import { claimUndecided, markDecided } from './undecided-queries.ts';

export type ProcessSessions = {
  db: Db;
  clock: Clock;
  recipients: readonly string[];
  /** Hears of the reports made, after their commit. */
  reportsMade: (reportIds: readonly string[]) => void;
  /** Hears of a tutor whose work fails alone. */
  tutorFailed: (tutorId: string, error: unknown) => void;
};

const BATCH = 200;
/** Of one batch; a tutor with more stays on the list. */
const MAX_SESSIONS = 1000;

/**
 * Works the list of tutors off: scores, flags and reports of a batch in one transaction, so that a crash at any
 * point leaves nothing half done. Safe to run in any number of processes at once.
 */
export async function processSessions(deps: ProcessSessions, signal: AbortSignal): Promise<void> {
  let finished = 1;
  // A batch that takes nobody off the list waits for somebody else's lock: the next signal or sweep comes back to it.
  while (finished > 0 && !signal.aborted) {
    const now = await deps.clock(deps.db);
    finished = await attempt(deps, (tx) => claimTutors(tx, BATCH, now));
  }
}

/** Claims and works in one transaction; returns how many tutors are done with. If it fails, each half gets its own. */
async function attempt(deps: ProcessSessions, claim: (tx: Tx) => Promise<Claim[]>): Promise<number> {
  let claims: Claim[] = [];
  try {
    const { reportIds, finished } = await deps.db.transaction().execute(async (tx) => {
      claims = await claim(tx);
      return claims.length === 0 ? NOTHING_DONE : work(tx, deps, claims);
    });
    if (reportIds.length > 0) deps.reportsMade(reportIds);
    return finished;
  } catch (error) {
    const [first, ...others] = claims;
    // A server that is gone, or a claim that fails, is nobody's fault in the batch.
    if (first === undefined || failureOf(error) === 'gone') throw error;
    if (others.length > 0) return bisect(deps, claims);
    deps.tutorFailed(first.tutor_id, error);
    await setAside(deps.db, first.tutor_id, messageOf(error));
    return 1;
  }
}

async function bisect(deps: ProcessSessions, claims: readonly Claim[]): Promise<number> {
  const ids = claims.map(({ tutor_id }) => tutor_id);
  const middle = Math.ceil(ids.length / 2);
  const first = await attempt(deps, (tx) => reclaimTutors(tx, ids.slice(0, middle)));
  return first + (await attempt(deps, (tx) => reclaimTutors(tx, ids.slice(middle))));
}

type Done = { reportIds: string[]; finished: number };

const NOTHING_DONE: Done = { reportIds: [], finished: 0 };

async function work(tx: Tx, { clock, recipients }: ProcessSessions, claims: readonly Claim[]): Promise<Done> {
  const { asOf, tutorIds } = await rescoreTutors(
    tx,
    claims.map(({ tutor_id }) => tutor_id),
    clock,
  );
  const undecided = await claimUndecided(tx, tutorIds, MAX_SESSIONS);
  const reportIds = await makeReports(tx, undecided, asOf, recipients);
  if (undecided.length > 0)
    await markDecided(
      tx,
      undecided.map(({ id }) => id),
      asOf,
    );
  const finished = await finishClaims(tx, claims);
  await announce(tx, { scores: tutorIds.length, reports: reportIds.length });
  return { reportIds, finished };
}
