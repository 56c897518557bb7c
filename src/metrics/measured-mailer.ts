import type { Mailer } from '../reports/mailers/mailer.ts';
import type { Metrics } from './metrics.ts';

/** Counts each attempt, its outcome and how long it took. */
export function measuredMailer(mailer: Mailer, metrics: Metrics): Mailer {
  metrics.mailsGoBy(mailer.provider);
  return {
    provider: mailer.provider,
    close: () => mailer.close(),
    send: async (mail, signal) => {
      const begun = performance.now();
      const outcome = await mailer.send(mail, signal);
      const seconds = (performance.now() - begun) / 1000;
      metrics.mailTried({ provider: mailer.provider, outcome: outcome.kind, seconds });
      return outcome;
    },
  };
}
