import { setTimeout as wait } from 'node:timers/promises';
import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db, Tx } from '../database/connection.ts';
import { failureOf } from '../database/statements/failures.ts';
import { messageOf } from '../errors.ts';
import { nameLatestDays } from '../evidence/name-days.ts';
import { makeReports } from '../reports/make-reports.ts';
import { rescoreTutors } from '../tutors/rescore.ts';
import { type Claim, claimTutors, finishClaims, reclaimTutors, setAside } from '../tutors/work-list-queries.ts';
import {
  claimUndecided,
  claimUndecidedSession,
  markDecided,
  type UndecidedSession,
  undecidedIds,
} from './undecided-queries.ts';

export type ProcessSessions = {
  db: Db;
  clock: Clock;
  recipients: readonly string[];
  /** Of the business: an IANA name. */
  timezone: string;
  /** Hears of the reports made, after their commit. */
  reportsMade: (reportIds: readonly string[]) => void;
  /** Hears, after the commit, since when each of the tutors waited who are scored and off the list. */
  scored?: (waitingSince: readonly Date[]) => void;
  /** Hears of each thing that fails for a tutor whose work fails alone. */
  tutorFailed: (tutorId: string, error: unknown) => void;
  /** From the beginning of one batch to that of the next, unless more than a batch waits: time for others to join. Default: 0. */
  paceMs?: number;
};

/** How many tutors were scored and reports made. */
export type Processed = { tutors: number; reports: number };

const BATCH = 200;
/** How long it holds, while small batches follow each other, which days have a common cause. */
const NAMED_FOR_MS = 1_000;
/** Of one batch; a tutor with more stays on the list. */
const MAX_SESSIONS = 1000;

/**
 * Works the list of tutors off: scores, flags and reports of a batch in one transaction, so that a crash at any
 * point leaves nothing half done. Safe to run in any number of processes at once.
 */
export async function processSessions(deps: ProcessSessions, signal: AbortSignal): Promise<Processed> {
  let all = NOTHING_DONE;
  let progress = BATCH;
  let namedAt = 0;
  // A batch without any waits for somebody else's lock: the next signal or sweep comes back to it.
  while (progress > 0 && !signal.aborted) {
    const began = performance.now();
    const now = await deps.clock(deps.db);
    // First of all: a storm must be known before anybody is judged by its sessions. It does not break within a few small batches.
    if (progress >= BATCH || began - namedAt >= NAMED_FOR_MS) {
      await nameLatestDays(deps.db, now, deps.timezone);
      namedAt = began;
    }
    const done = await attempt(deps, (tx) => claimTutors(tx, BATCH, now));
    progress = done.progress;
    all = sum(all, done);
    const restMs = (deps.paceMs ?? 0) - (performance.now() - began);
    if (progress > 0 && progress < BATCH && restMs > 0) await wait(restMs, undefined, { signal }).catch(() => {});
  }
  return { tutors: all.tutors, reports: all.reports };
}

const MAX_TRIES = 5;

/** `progress`: how many tutors and sessions are done with. */
type Done = Processed & { progress: number };

const NOTHING_DONE: Done = { tutors: 0, reports: 0, progress: 0 };

function sum(a: Done, b: Done): Done {
  return { tutors: a.tutors + b.tutors, reports: a.reports + b.reports, progress: a.progress + b.progress };
}

/**
 * Claims and works in one transaction. What the server undid to let another one pass is tried again; of a batch that
 * fails, each half gets a transaction of its own.
 */
async function attempt(deps: ProcessSessions, claim: (tx: Tx) => Promise<Claim[]>, tries = 1): Promise<Done> {
  let claims: Claim[] = [];
  try {
    const { reportIds, waitingSince, ...done } = await deps.db.transaction().execute(async (tx) => {
      claims = await claim(tx);
      return claims.length === 0 ? { ...NOTHING_DONE, reportIds: [], waitingSince: [] } : work(tx, deps, claims);
    });
    if (reportIds.length > 0) deps.reportsMade(reportIds);
    if (waitingSince.length > 0) deps.scored?.(waitingSince);
    return done;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'try_again' && tries < MAX_TRIES) return attempt(deps, claim, tries + 1);
    const [first, ...others] = claims;
    // A server that is gone, or a claim that fails, is nobody's fault in the batch.
    if (first === undefined || failure === 'gone') throw error;
    if (others.length > 0) return bisect(deps, claims);
    return workAlone(deps, first.tutor_id, error);
  }
}

async function bisect(deps: ProcessSessions, claims: readonly Claim[]): Promise<Done> {
  const ids = claims.map(({ tutor_id }) => tutor_id);
  const middle = Math.ceil(ids.length / 2);
  const first = await attempt(deps, (tx) => reclaimTutors(tx, ids.slice(0, middle)));
  return sum(first, await attempt(deps, (tx) => reclaimTutors(tx, ids.slice(middle))));
}

/** What can be done for a tutor whose work fails: the score, then each session by itself. The tutor comes back later. */
async function workAlone(deps: ProcessSessions, tutorId: string, failure: unknown): Promise<Done> {
  let reports = 0;
  const step = async (run: (tx: Tx) => Promise<string[]>): Promise<boolean> => {
    try {
      const reportIds = await deps.db.transaction().execute(run);
      reports += reportIds.length;
      if (reportIds.length > 0) deps.reportsMade(reportIds);
      return true;
    } catch (error) {
      if (failureOf(error) === 'gone') throw error;
      deps.tutorFailed(tutorId, error);
      return false;
    }
  };
  const isScored = await step(async (tx) => {
    await rescoreTutors(tx, [tutorId], deps.clock);
    return [];
  });
  // A report must not tell of a score that is out of date.
  const sessionIds = isScored ? await undecidedIds(deps.db, tutorId, MAX_SESSIONS) : [];
  for (const id of sessionIds) {
    await step(async (tx) => decide(tx, deps, await claimUndecidedSession(tx, id), await deps.clock(tx)));
  }
  await setAside(deps.db, tutorId, messageOf(failure));
  return { tutors: isScored ? 1 : 0, reports, progress: 1 };
}

type Worked = Done & { reportIds: string[]; waitingSince: Date[] };

async function work(tx: Tx, deps: ProcessSessions, claims: readonly Claim[]): Promise<Worked> {
  const claimed = claims.map(({ tutor_id }) => tutor_id);
  const { asOf, tutorIds } = await rescoreTutors(tx, claimed, deps.clock);
  const undecided = await claimUndecided(tx, tutorIds, MAX_SESSIONS);
  const reportIds = await decide(tx, deps, undecided, asOf);
  const waitingSince = await finishClaims(tx, claims);
  await announce(tx, { scores: tutorIds.length, reports: reportIds.length });
  const progress = waitingSince.length + undecided.length;
  return { reportIds, waitingSince, tutors: tutorIds.length, reports: reportIds.length, progress };
}

async function decide(
  tx: Tx,
  { recipients, timezone }: ProcessSessions,
  sessions: readonly UndecidedSession[],
  asOf: Date,
): Promise<string[]> {
  const reportIds = await makeReports(tx, sessions, asOf, recipients, timezone);
  const ids = sessions.map(({ id }) => id);
  if (ids.length > 0) await markDecided(tx, ids, asOf);
  return reportIds;
}
