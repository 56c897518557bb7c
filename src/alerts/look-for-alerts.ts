import type { Logger } from 'pino';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import type { Mailer } from '../reports/mailers/mailer.ts';
import type { RenderOptions } from '../reports/render.ts';
import type { Trouble } from './alerts.ts';
import {
  alertsToTell,
  claimMail,
  postponeMail,
  readTroubles,
  recordMail,
  type StoredAlert,
  turnOff,
  turnOn,
} from './queries.ts';
import { renderAlerts, titleOf } from './render-alerts.ts';

export type LookForAlerts = {
  db: Db;
  clock: Clock;
  mailer: Mailer;
  mail: RenderOptions & { from: string; domain: string };
  recipients: readonly string[];
  log: Logger;
};

const MINUTE_MS = 60_000;
const MAIL_EVERY_MS = 60 * MINUTE_MS;
const SEND_MS = 60_000;

/**
 * Looks once whether something needs a person: says in the log what began and what is over, and mails it, at most once
 * an hour however many processes look. While something is on, it is told again each hour.
 */
export async function lookForAlerts(deps: LookForAlerts): Promise<void> {
  const { db, log } = deps;
  const now = await deps.clock(db);
  const troubles = await readTroubles(db, now);
  const begun = await turnOn(db, troubles);
  for (const { alert, count, since, names } of troubles)
    if (begun.includes(alert)) log.error({ alert, count, since, names }, `alert: ${titleOf(alert)}`);
  const names = troubles.map(({ alert }) => alert);
  for (const alert of await turnOff(db, names, now)) log.info({ alert }, `alert is over: ${titleOf(alert)}`);
  await tell(deps, troubles, now);
}

async function tell(deps: LookForAlerts, troubles: readonly Trouble[], now: Date): Promise<void> {
  const { db, log, mailer } = deps;
  const alerts = await alertsToTell(db);
  if (alerts.length === 0) return;
  const claim = await claimMail(db, now, MAIL_EVERY_MS);
  if (claim === null) return;
  if (await send(deps, alerts, troubles, claim.mail_id, now)) return recordMail(db, alerts, now);
  // After 1, 2, 4 … minutes, at most an hour: nobody knows of some failures whether the mail was taken all the same.
  const waitMs = Math.min(MINUTE_MS * 2 ** Math.min(claim.failures, 6), MAIL_EVERY_MS);
  await postponeMail(db, new Date(now.getTime() + waitMs));
  log.warn(
    { provider: mailer.provider, minutes: waitMs / MINUTE_MS },
    'mail about alerts not sent, it will be tried again',
  );
}

/** To everybody; whether one of them at least was reached, since sending it once more would reach that one twice. */
async function send(
  { mailer, mail, recipients, log }: LookForAlerts,
  alerts: readonly StoredAlert[],
  troubles: readonly Trouble[],
  mailId: string,
  now: Date,
): Promise<boolean> {
  const rendered = renderAlerts({ alerts, troubles, asOf: now }, mail);
  let reached = 0;
  for (const [index, to] of recipients.entries()) {
    const message_id = `<alert.${mailId}.${index + 1}@${mail.domain}>`;
    const outcome = await mailer.send({ to, from: mail.from, message_id, ...rendered }, AbortSignal.timeout(SEND_MS));
    if (outcome.kind === 'sent') reached += 1;
    else log.warn({ provider: mailer.provider, outcome: outcome.kind }, 'mail about alerts not taken');
  }
  return reached > 0;
}
