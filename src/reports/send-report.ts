import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { messageOf } from '../errors.ts';
import { inSpan } from '../tracing/spans.ts';
import type { Mailer, SendOutcome } from './mailers/mailer.ts';
import { messageIdOf } from './mailers/message-id.ts';
import { type NextStep, nextStep } from './next-step.ts';
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

/**
 * Sends one report, if it is due and nobody else is at it: claims the row, sends outside any transaction, records
 * what came of it. Returns the milliseconds until it is worth looking again, or `null` when it is sent or has failed.
 *
 * A process that dies between the provider's answer and our record leaves a claim that runs out, and the mail goes
 * out once more with the same Message-ID: the one case of a second mail.
 */
export async function sendReport(deps: SendReport, reportId: string): Promise<number | null> {
  const { db, clock, mailer } = deps;
  const now = await clock(db);
  const report = await claimReport(db, reportId, now, CLAIM_MS);
  if (report === null) return waitingMs(db, reportId, now);

  const outcome = await inSpan('send mail', { kind: 'client', attributes: spanOf(report, mailer) }, async (span) => {
    const came = await attempt(deps, report, AbortSignal.timeout(SEND_MS));
    span.set({ 'tutor_quality.mail.outcome': came.kind });
    if (came.kind !== 'sent') span.fail(came.kind);
    return came;
  });
  const finished = await clock(db);
  const step = nextStep(outcome, { ...report, now: finished });
  await recordStep(db, report, step, mailer.provider, finished);
  const { status, attempts } = step;
  const ids = { report_id: report.id, session_id: report.facts.session.id };
  deps.reportChanged({ ...ids, provider: mailer.provider, outcome: outcome.kind, status, attempts });
  return step.status === 'pending' ? step.retryMs : null;
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

function spanOf(report: ClaimedReport, { provider }: Mailer) {
  return { 'tutor_quality.mail.provider': provider, 'tutor_quality.report.id': report.id };
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
