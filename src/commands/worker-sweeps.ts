import { deleteOldRecords } from '../audit/delete-old-records.ts';
import { nameLatestDays } from '../evidence/name-days.ts';
import { refreshNightly } from '../evidence/refresh-evidence.ts';
import { deleteOld } from '../privacy/delete-old.ts';
import type { Sweep } from '../queue/sweep.ts';
import { type SendReport, sendDueReports, sendReports } from '../reports/send-report.ts';
import type { ProcessSessions } from '../sessions/process-sessions.ts';
import { sweepWindows } from '../tutors/sweep-windows.ts';
import { findLostWork } from '../tutors/work-list-queries.ts';
import { alertSweep } from './alert-sweep.ts';
import { commandActor } from './command-actor.ts';
import type { Platform } from './platform.ts';

const WINDOW_EDGES_MS = 60_000;
/** How often it is looked whether a business day has begun. */
const NIGHTLY_MS = 60_000;
/** How often it is looked whether something has become too old; a day makes it so. */
const RETENTION_MS = 60 * 60_000;
/** With the 10 seconds that a report is left to the queue, whatever the queue lost is late by 30 seconds at most. */
const LEFT_OVER_MS = 20_000;

type Work = {
  processing: ProcessSessions;
  sending: SendReport;
  /** Scores what waits. */
  score: (deps: ProcessSessions, signal: AbortSignal) => Promise<void>;
  /** The same, while no report is sent. */
  scoreFirst: (signal: AbortSignal) => Promise<void>;
};

/** What a worker looks for without being told. */
export function workerSweeps(platform: Platform, work: Work): Sweep[] {
  const { config, db, log } = platform;
  const { processing, sending, score, scoreFirst } = work;
  const { clock } = processing;
  const actor = commandActor('worker');

  const nightly = async (signal: AbortSignal) => {
    if (!(await refreshNightly(db, clock, config.TIMEZONE, { signal }))) return;
    // While all were weighed, those with work waiting were locked and passed by.
    await scoreFirst(signal);
  };
  const windowEdges = async () => {
    await nameLatestDays(db, await clock(db), config.TIMEZONE);
    await sweepWindows(db, clock);
  };
  const leftOver = async (signal: AbortSignal) => {
    await findLostWork(db);
    const made: string[] = [];
    await score({ ...processing, reportsMade: (ids) => void made.push(...ids) }, signal);
    await sendReports(sending, made, signal);
    await sendDueReports(sending, signal);
  };
  const auditLog = async () => void (await deleteOldRecords(db, clock, actor));
  const retention = async (signal: AbortSignal) => {
    const kept = { days: config.RETENTION_DAYS, timezone: config.TIMEZONE, actor };
    const deleted = await deleteOld(db, clock, kept, signal);
    if (Object.values(deleted).some((rows) => rows > 0)) log.info({ deleted }, 'what was too old is deleted');
  };
  return [
    { name: 'nightly', everyMs: NIGHTLY_MS, run: nightly },
    { name: 'window edges', everyMs: WINDOW_EDGES_MS, run: windowEdges },
    { name: 'left over', everyMs: LEFT_OVER_MS, run: leftOver },
    alertSweep(platform, clock, sending.mailer),
    { name: 'audit log', everyMs: RETENTION_MS, run: auditLog },
    ...(config.RETENTION_DAYS === 0 ? [] : [{ name: 'retention', everyMs: RETENTION_MS, run: retention }]),
  ];
}
