import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { failureOf } from '../database/statements/failures.ts';
import { messageOf } from '../errors.ts';
import { inSpan } from '../tracing/spans.ts';
import type { Mailer, SendOutcome } from './mailers/mailer.ts';
import { messageIdOf } from './mailers/message-id.ts';
import { MAX_CLAIMS, type NextStep, nextStep } from './next-step.ts';
import { type RenderOptions, renderReport } from './render.ts';
import { type ClaimedReport, claimReport, dueReports, recordStep, waitingMs } from './send-queries.ts';

export type SendReport = {
  db: Db;
  clock: Clock;
  mailer: Mailer;
  mail: RenderOptions & { from: string; domain: string };
  /** Hears of each report whose state changed, after the commit. */
  reportChanged: (change: ReportChange) => void;
};

/** What came of an attempt, and how the report stands now. Names nobody: not the error's words either. */
export type ReportChange = {
  report_id: string;
  session_id: string;
  provider: Mailer['provider'];
  outcome: SendOutcome['kind'];
  status: NextStep['status'];
  attempts: number;
};

/** Longer than any send may take: a claim that ran out means that its process is gone. */
const CLAIM_MS = 2 * 60_000;
const SEND_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 2_000;

/**
 * Sends one report, if it is due and nobody else is at it: claims the row, sends outside any transaction, records
 * what came of it. Returns the milliseconds until it is worth looking again, or `null` when it is sent or has failed.
 *
 * A process that dies between the provider's answer and our record leaves a claim that runs out, and the mail goes
 * out once more with the same Message-ID: the one case of a second mail.
 */
export async function sendReport(deps: SendReport, reportId: string): Promise<number | null> {
  const { db, clock } = deps;
  const now = await clock(db);
  const report = await claimReport(db, reportId, now, CLAIM_MS);
  if (report === null) return waitingMs(db, reportId, now);

  // Whoever stood still until another one may have the report does not send it any more.
  const begun = await clock(db);
  if (report.claimed_until.getTime() - begun.getTime() < SEND_MS) return waitingMs(db, reportId, begun);
  const outcome = report.attempts > MAX_CLAIMS ? GIVEN_UP : await tracedAttempt(deps, report);
  const step = await record(deps, report, outcome);
  const { status, attempts } = step;
  const ids = { report_id: report.id, session_id: report.facts.session.id };
  deps.reportChanged({ ...ids, provider: deps.mailer.provider, outcome: outcome.kind, status, attempts });
  return step.status === 'pending' ? step.retryMs : null;
}

/** Records what came of an attempt. A database that is gone is waited for: what the provider answered is not asked twice. */
async function record(
  { db, clock, mailer }: SendReport,
  report: ClaimedReport,
  outcome: SendOutcome,
): Promise<NextStep> {
  for (
    let pauseMs = FIRST_PAUSE_MS, spentMs = 0;
    ;
    spentMs += pauseMs, pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS)
  ) {
    try {
      const now = await clock(db);
      const step = nextStep(outcome, { ...report, now });
      await recordStep(db, report, step, mailer.provider, now);
      return step;
    } catch (error) {
      if (!['gone', 'busy', 'try_again'].includes(failureOf(error)) || spentMs > CLAIM_MS - SEND_MS) throw error;
      await wait(pauseMs);
    }
  }
}

/** Sends what nobody sent in time, without the queue, until nothing is due; `stop` as in `sendReports`. */
export async function sendDueReports(deps: SendReport, stop: AbortSignal): Promise<void> {
  let due: string[];
  do {
    due = await dueReports(deps.db, await deps.clock(deps.db));
    await sendReports(deps, due, stop);
  } while (due.length > 0 && !stop.aborted);
}

/**
 * Sends these reports, a few at once. When `stop` aborts it begins no other, but a mail that is on its way is not
 * called back: the provider may have taken it already.
 */
export async function sendReports(deps: SendReport, reportIds: readonly string[], stop: AbortSignal): Promise<void> {
  const ids = reportIds.values();
  const sendNext = async (): Promise<void> => {
    for (const id of ids) {
      if (stop.aborted) return;
      await sendReport(deps, id);
    }
  };
  await Promise.all([sendNext(), sendNext(), sendNext(), sendNext(), sendNext()]);
}

const GIVEN_UP: SendOutcome = {
  kind: 'refused',
  error: `given up: ${MAX_CLAIMS} senders took it up, and none lived to tell what came of it`,
};

async function tracedAttempt(deps: SendReport, report: ClaimedReport): Promise<SendOutcome> {
  const attributes = { 'tutor_quality.mail.provider': deps.mailer.provider, 'tutor_quality.report.id': report.id };
  return inSpan('send mail', { kind: 'client', attributes }, async (span) => {
    const came = await attempt(deps, report, AbortSignal.timeout(SEND_MS));
    span.set({ 'tutor_quality.mail.outcome': came.kind });
    if (came.kind !== 'sent') span.fail(came.kind);
    return came;
  });
}

async function attempt({ mailer, mail }: SendReport, report: ClaimedReport, signal: AbortSignal): Promise<SendOutcome> {
  try {
    const message_id = messageIdOf(report.id, report.send_number, mail.domain);
    const rendered = renderReport(report.facts, mail);
    return await mailer.send({ to: report.recipient_email, from: mail.from, message_id, ...rendered }, signal);
  } catch (error) {
    // A mail that cannot even be made is a failed attempt like any other: it must end in the row, not in a log.
    return { kind: 'failed', error: messageOf(error) };
  }
}
