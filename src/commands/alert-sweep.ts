import { lookForAlerts } from '../alerts/look-for-alerts.ts';
import type { Clock } from '../database/clock.ts';
import type { Sweep } from '../queue/sweep.ts';
import type { Mailer } from '../reports/mailers/mailer.ts';
import { mailOptions } from './mail-options.ts';
import type { Platform } from './platform.ts';

const ALERTS_MS = 60_000;

/** Whether something needs a person. API and worker both look, in turns: whichever is gone, the other one says so. */
export function alertSweep({ config, db, log }: Platform, clock: Clock, mailer: Mailer): Sweep {
  const deps = { db, clock, mailer, mail: mailOptions(config), recipients: config.ADMIN_EMAIL, log };
  return { name: 'alerts', everyMs: ALERTS_MS, run: () => lookForAlerts(deps) };
}
