import { forgetOtherJobs } from '../alerts/queries.ts';
import { watchJobs } from '../alerts/watch-jobs.ts';
import { databaseClock, estimatedClock } from '../database/clock.ts';
import { poolUseOf } from '../database/connection.ts';
import { messageOf } from '../errors.ts';
import { measuredMailer } from '../metrics/measured-mailer.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { runWorker as listenToQueue } from '../queue/run-worker.ts';
import { scoringFirst } from '../queue/scoring-first.ts';
import { openSignals } from '../queue/signals.ts';
import { startSweep } from '../queue/sweep.ts';
import type { TimeLimits } from '../queue/time-limits.ts';
import { createMailer } from '../reports/mailers/create-mailer.ts';
import { type ReportChange, sendReport } from '../reports/send-report.ts';
import { type ProcessSessions, processSessions } from '../sessions/process-sessions.ts';
import { announceReportsLater } from './announce-later.ts';
import { mailerConfig, mailOptions } from './mail-options.ts';
import type { Platform } from './platform.ts';
import type { Running } from './run-api.ts';
import { workerSweeps } from './worker-sweeps.ts';

/** Under load a batch has much that does not depend on its size; scores may be late by so much. */
const PACE_MS = 50;
/** What a worker does by then is done; the rest is done again by whoever comes next. */
const LAST_JOBS_MS = 15_000;

/** Scores, flags, reports and mails until it is closed: then what is in hand is finished, and nothing new is taken. */
export function runWorker(platform: Platform, limits: TimeLimits, metrics: Metrics): Running {
  const { config, db, log, queue } = platform;
  const signals = openSignals(queue, log);
  const mailer = measuredMailer(createMailer(mailerConfig(config)), metrics);
  const about = estimatedClock();
  const watch = watchJobs({ db, clock: about, metrics });
  metrics.watchPool('worker', () => poolUseOf(db));
  const announcing = announceReportsLater(db, log);

  const processing = {
    db,
    clock: databaseClock,
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
  const sending = { db, clock: about, mailer, mail: mailOptions(config), reportChanged };
  const turns = scoringFirst();
  const scoreFirst = (signal: AbortSignal) => turns.scoring(() => score(processing, signal));
  const handlers = {
    processSessions: (signal: AbortSignal) => watch('process-sessions', () => scoreFirst(signal)),
    sendReport: (id: string) => watch('send-report', () => turns.sending(() => sendReport(sending, id))),
  };
  const worker = listenToQueue(queue, handlers, limits, log);
  const looks = workerSweeps(platform, { processing, sending, score, scoreFirst });
  const jobs = ['process-sessions', 'send-report', ...looks.map(({ name }) => name)];
  void forgetOtherJobs(db, jobs).catch((error) => log.warn({ reason: messageOf(error) }, 'old failures not forgotten'));
  const sweeps = looks.map(({ run, ...sweep }) =>
    startSweep(db, { ...sweep, run: (signal) => watch(sweep.name, () => run(signal)) }, limits, log),
  );

  return {
    close: async ({ step }) => {
      await step('jobs in hand', LAST_JOBS_MS, () => Promise.all([...sweeps.map((one) => one.stop()), worker.close()]));
      await step('telling of changes', 2_000, () => announcing.stop());
      await step('the mailer', 2_000, () => mailer.close());
      await step('the queue', 3_000, () => signals.close());
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
}
