import { collectDefaultMetrics, Registry } from 'prom-client';
import type { IngestOutcome } from '../contract/sessions.ts';
import type { PoolUse } from '../database/connection.ts';
import type { SendOutcome } from '../reports/mailers/mailer.ts';
import { makeInstruments } from './instruments.ts';

const SEND_OUTCOMES: readonly SendOutcome['kind'][] = ['sent', 'throttled', 'unreachable', 'failed', 'refused'];

/** A process's metrics as data: they can be sent to another process and shown beside its own. */
export type Snapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** What became of an event: stored, refused by a rule, or by the database for a reason of its own. */
type Stored = { outcome?: IngestOutcome; bug?: unknown };

/** What the parts of the product tell of themselves. Labels are names of ours alone, never of persons or addresses. */
export type Metrics = {
  /** `route` is the pattern; `seconds` is `null` for what does not end, such as a stream. */
  requestAnswered(answered: { method: string; route: string; status: number; seconds: number | null }): void;
  /** One commit group, a result an event. */
  groupStored(results: readonly Stored[]): void;
  /** Sessions that broke a rule, here or at the door: of a single POST or in a batch. */
  sessionsRefused(count: number): void;
  /** From the first unprocessed event of a tutor to the commit of the score. */
  tutorScored(seconds: number): void;
  tutorSetAside(): void;
  /** Mails will go by this provider: its outcomes are counted from 0, so that the first of each is seen to come. */
  mailsGoBy(provider: string): void;
  mailTried(mail: { provider: string; outcome: string; seconds: number }): void;
  /** One round of a job or sweep; `doneAt` is `null` when it failed. */
  jobEnded(round: { job: string; seconds: number; doneAt: Date | null }): void;
  /** Looked at whenever the metrics are asked for. */
  watchPool(pool: string, use: () => PoolUse): void;
  snapshot(): Promise<Snapshot>;
};

/** From `npm start` both come in one answer, so each value says whose it is. */
export type ProcessName = 'api' | 'worker';

/** The metrics of one process, all in a registry of its own, its memory, processor and event loop among them. */
export function createMetrics(process: ProcessName, version: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  const the = makeInstruments(registry);
  the.build.set({ version }, 1);
  const pools = new Map<string, () => PoolUse>();

  return {
    requestAnswered: ({ method, route, status, seconds }) => {
      const labels = { method, route, status };
      the.requests.inc(labels);
      if (seconds !== null) the.requestSeconds.observe(labels, seconds);
    },
    groupStored: (results) => {
      the.groups.observe(results.length);
      for (const { outcome, bug } of results) {
        if (outcome !== undefined) the.sessions.inc({ outcome });
        else if (bug !== undefined) the.sessions.inc({ outcome: 'failed' });
      }
    },
    sessionsRefused: (count) => the.sessions.inc({ outcome: 'refused' }, count),
    tutorScored: (seconds) => the.scoreSeconds.observe(seconds),
    tutorSetAside: () => the.setAside.inc(),
    mailsGoBy: (provider) => {
      for (const outcome of SEND_OUTCOMES) the.mails.inc({ provider, outcome }, 0);
    },
    mailTried: ({ provider, outcome, seconds }) => {
      the.mails.inc({ provider, outcome });
      the.mailSeconds.observe({ provider }, seconds);
    },
    jobEnded: ({ job: name, seconds, doneAt }) => {
      the.jobSeconds.observe({ job: name }, seconds);
      the.jobFailures.inc({ job: name }, doneAt === null ? 1 : 0);
      if (doneAt !== null) the.jobSuccess.set({ job: name }, doneAt.getTime() / 1000);
    },
    watchPool: (pool, use) => void pools.set(pool, use),
    snapshot: () => {
      for (const [pool, use] of pools) {
        for (const [state, value] of Object.entries(use())) the.pool.set({ pool, state }, value);
      }
      return registry.getMetricsAsJSON();
    },
  };
}
