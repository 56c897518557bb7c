import type { Reception } from './mail-sink.ts';
import type { FaultRecord } from './script.ts';
import { asked, RECIPIENTS, type Stage } from './stage.ts';
import type { Problems } from './verify.ts';

/** What arrived. Second mails lie in the gap between the server's answer and our record of it, or are a problem. */
export type MailCounts = {
  sent: number;
  failed: number;
  received: number;
  /** Second and further mails of a report: the server took it and its answer never reached the sender. */
  secondUnanswered: number;
  /** As above, but the answer was given, and what should have recorded it was killed, stopped or cut off. */
  secondUnrecorded: number;
  /** Said to have failed, since nobody knew: the mail had arrived all the same. */
  failedButReceived: number;
};

/** A recorder that is harmed so long before or after an answer may have lost it. */
const SLACK_MS = 3_000;

export async function verifyMails(
  { db, sink }: Stage,
  faults: readonly FaultRecord[],
): Promise<{ counts: MailCounts; problems: Problems }> {
  const reports = await asked(() => db.selectFrom('email_reports').select(['id', 'status']).execute());
  const [alerts, mails] = divided(sink.received);
  const received = Map.groupBy(mails, ({ messageId }) => reportOf(messageId));
  const sent = reports.filter(({ status }) => status === 'sent');
  const failed = reports.filter(({ status }) => status === 'failed');
  const known = new Set(reports.map(({ id }) => id));
  const again = [...received.values()].flatMap((all) => all.slice(0, -1));
  const secondUnanswered = again.filter(({ answeredAt }) => answeredAt === null);
  const answered = again.filter(({ answeredAt }) => answeredAt !== null);
  const secondUnrecorded = answered.filter((reception) => faults.some((fault) => mayHaveLost(fault, reception)));
  const lost = sent.filter(({ id }) => !received.has(id));
  const strange = [...received.keys()].filter((id) => !known.has(id));
  const unexplained = answered.length - secondUnrecorded.length;
  return {
    counts: {
      sent: sent.length,
      failed: failed.length,
      received: mails.length,
      secondUnanswered: secondUnanswered.length,
      secondUnrecorded: secondUnrecorded.length,
      failedButReceived: failed.filter(({ id }) => received.has(id)).length,
    },
    problems: [
      ...(lost.length > 0 ? [`${lost.length} reports count as sent and never arrived`] : []),
      // A run is shorter than the hour in which there may be one.
      ...(new Set(alerts).size > RECIPIENTS.length ? ['more than one mail about alerts to a recipient'] : []),
      ...(strange.length > 0 ? [`${strange.length} mails are of no report`] : []),
      ...(unexplained > 0 ? [`${unexplained} mails came twice although nothing kept the answer from its record`] : []),
    ],
  };
}

/** The ids of mails about alerts, and the mails about sessions. */
function divided(received: readonly Reception[]): [string[], Reception[]] {
  return [received.filter(isAlert).map(({ messageId }) => messageId), received.filter((mail) => !isAlert(mail))];
}

function isAlert({ messageId }: Reception): boolean {
  return messageId.startsWith('<alert.');
}

/** Whether the answer to a mail may have been lost on its way into the row. */
function mayHaveLost({ harms, kind, beganAt, endedAt, backMs }: FaultRecord, { answeredAt }: Reception): boolean {
  if (answeredAt === null) return true;
  const isRecorder = harms.includes('worker') || harms.includes('PostgreSQL') || kind.startsWith('line worker');
  const isMailLine = harms.includes('mail');
  const isNear = answeredAt > beganAt - SLACK_MS && answeredAt < endedAt + backMs + SLACK_MS;
  return (isRecorder || isMailLine) && isNear;
}

function reportOf(messageId: string): string {
  return /^<report\.([\w-]+)\.\d+@/.exec(messageId)?.[1] ?? messageId;
}
