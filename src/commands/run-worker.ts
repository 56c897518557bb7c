import { lookForAlerts } from '../alerts/look-for-alerts.ts';
import { watchJobs } from '../alerts/watch-jobs.ts';
import { deleteOldRecords } from '../audit/keep.ts';
import { announce } from '../database/announce.ts';
import { databaseClock, estimatedClock } from '../database/clock.ts';
import { poolUseOf } from '../database/connection.ts';
import { messageOf } from '../errors.ts';
import { nameLatestDays } from '../evidence/name-days.ts';
import { refreshNightly } from '../evidence/refresh-evidence.ts';
import { measuredMailer } from '../metrics/measured-mailer.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { deleteOld } from '../privacy/delete-old.ts';
import { runWorker as listenToQueue } from '../queue/run-worker.ts';
import { scoringFirst } from '../queue/scoring-first.ts';
import { openSignals } from '../queue/signals.ts';
import { startSweep } from '../queue/sweep.ts';
import type { TimeLimits } from '../queue/time-limits.ts';
import { createMailer } from '../reports/mailers/create-mailer.ts';
import { type ReportChange, sendDueReports, sendReport, sendReports } from '../reports/send-report.ts';
import { type ProcessSessions, processSessions } from '../sessions/process-sessions.ts';
import { sweepWindows } from '../tutors/sweep-windows.ts';
import { findLostWork } from '../tutors/work-list-queries.ts';
import { commandActor } from './command-actor.ts';
import { mailerConfig, mailOptions } from './mail-options.ts';
import type { Platform } from './platform.ts';
import type { Running } from './run-api.ts';

const WINDOW_EDGES_MS = 60_000;
/** How often it is looked whether a business day has begun. */
const NIGHTLY_MS = 60_000;
/** How often it is looked whether something has become too old; a day makes it so. */
const RETENTION_MS = 60 * 60_000;
const ALERTS_MS = 60_000;
/** With the 10 seconds that a report is left to the queue, whatever the queue lost is late by 30 seconds at most. */
const LEFT_OVER_MS = 20_000;
/** Under load a batch has much that does not depend on its size; scores may be late by so much. */
const PACE_MS = 50;
/** Many mails are sent in a second; a watcher need not hear of each. */
const ANNOUNCE_MS = 250;

/** Scores, flags, reports and mails until it is closed: then what is in hand is finished, and nothing new is taken. */
export function runWorker(platform: Platform, limits: TimeLimits, metrics: Metrics): Running {
  const { config, db, log, queue } = platform;
  const clock = databaseClock;
  const signals = openSignals(queue, log);
  const mailer = measuredMailer(createMailer(mailerConfig(config)), metrics);
  const about = estimatedClock();
  const watch = watchJobs({ db, clock: about, metrics });
  metrics.watchPool('worker', () => poolUseOf(db));
  const announcing = announceLater(() => announce(db, { reports: 1 }));

  const processing = {
    db,
    clock,
    recipients: config.ADMIN_EMAIL,
    timezone: config.TIMEZONE,
    reportsMade: signals.reportsWaiting,
    paceMs: PACE_MS,
    scored: (waitingSince: readonly Date[]) => void measureScores(waitingSince),
    tutorFailed: (tutor_id: string, error: unknown) => {
      metrics.tutorSetAside();
      log.error({ tutor_id, err: error }, 'tutor set aside');
    },
  };
  const mail = mailOptions(config);
  const sending = { db, clock: about, mailer, mail, reportChanged };
  const turns = scoringFirst();
  const handlers = {
    processSessions: (signal: AbortSignal) =>
      watch('process-sessions', () => turns.scoring(() => score(processing, signal))),
    sendReport: (id: string) => watch('send-report', () => turns.sending(() => sendReport(sending, id))),
  };
  const worker = listenToQueue(queue, handlers, limits, log);
  const sweeps = [
    {
      name: 'nightly',
      everyMs: NIGHTLY_MS,
      run: async (signal: AbortSignal) => {
        if (!(await refreshNightly(db, clock, config.TIMEZONE, { signal }))) return;
        // While all were weighed, those with work waiting were locked and passed by.
        await turns.scoring(() => score(processing, signal));
      },
    },
    { name: 'window edges', everyMs: WINDOW_EDGES_MS, run: () => sweepEdges() },
    {
      name: 'left over',
      everyMs: LEFT_OVER_MS,
      run: async (signal: AbortSignal) => {
        await findLostWork(db);
        const made: string[] = [];
        const reportsMade = (ids: readonly string[]) => void made.push(...ids);
        await score({ ...processing, reportsMade }, signal);
        await sendReports(sending, made, signal);
        await sendDueReports(sending, signal);
      },
    },
    {
      name: 'alerts',
      everyMs: ALERTS_MS,
      run: () => lookForAlerts({ db, clock, mailer, mail, recipients: config.ADMIN_EMAIL, log }),
    },
    {
      name: 'audit log',
      everyMs: RETENTION_MS,
      run: async () => void (await deleteOldRecords(db, clock, commandActor('worker'))),
    },
    ...(config.RETENTION_DAYS === 0 ? [] : [{ name: 'retention', everyMs: RETENTION_MS, run: deleteExpired }]),
  ].map(({ run, ...sweep }) =>
    startSweep(db, { ...sweep, run: (signal) => watch(sweep.name, () => run(signal)) }, limits, log),
  );

  return {
    close: async () => {
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
      await worker.close();
      await announcing.stop();
      await mailer.close();
      await signals.close();
    },
  };

  /** Silent when there was nothing to do: a worker looks every few seconds. */
  async function score(deps: ProcessSessions, signal: AbortSignal) {
    const { tutors, reports } = await processSessions(deps, signal);
    if (tutors > 0) log.info({ tutors, reports }, 'tutors scored');
  }

  function reportChanged(change: ReportChange) {
    if (change.outcome === 'sent') log.info(change, 'report sent');
    else log.warn(change, 'report not sent');
    announcing.soon();
  }

  /** The work is committed: what cannot be measured is let go. */
  async function measureScores(waitingSince: readonly Date[]) {
    const now = await about(db).catch(() => null);
    if (now === null) return;
    for (const since of waitingSince) metrics.tutorScored(Math.max(0, now.getTime() - since.getTime()) / 1000);
  }

  async function sweepEdges() {
    await nameLatestDays(db, await clock(db), config.TIMEZONE);
    await sweepWindows(db, clock);
  }

  async function deleteExpired(signal: AbortSignal) {
    const retention = { days: config.RETENTION_DAYS, timezone: config.TIMEZONE, actor: commandActor('worker') };
    const deleted = await deleteOld(db, clock, retention, signal);
    if (Object.values(deleted).some((rows) => rows > 0)) log.info({ deleted }, 'what was too old is deleted');
  }

  function announceLater(run: () => Promise<void>) {
    let timer: NodeJS.Timeout | undefined;
    const now = async () => {
      timer = undefined;
      await run().catch((error) => log.warn({ reason: messageOf(error) }, 'change not announced'));
    };
    return {
      soon: () => {
        timer ??= setTimeout(() => void now(), ANNOUNCE_MS);
      },
      stop: async () => {
        if (timer === undefined) return;
        clearTimeout(timer);
        await now();
      },
    };
  }
}
