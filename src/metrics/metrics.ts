import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { IngestOutcome } from '../contract/sessions.ts';
import type { PoolUse } from '../database/connection.ts';

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
  mailTried(mail: { provider: string; outcome: string; seconds: number }): void;
  /** One round of a job or sweep; `doneAt` is `null` when it failed. */
  jobEnded(round: { job: string; seconds: number; doneAt: Date | null }): void;
  /** Looked at whenever the metrics are asked for. */
  watchPool(pool: string, use: () => PoolUse): void;
  snapshot(): Promise<Snapshot>;
};

/** From `npm start` both come in one answer, so each value says whose it is. */
export type ProcessName = 'api' | 'worker';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const GROUP_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const SCORE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600, 3600];
const MAIL_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 240];

/** The metrics of one process, all in a registry of its own, its memory, processor and event loop among them. */
export function createMetrics(process: ProcessName, version: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'tq_build_info',
    help: 'Always 1; says which version runs.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);

  const request = { labelNames: ['method', 'route', 'status'] as const, registers };
  const requests = new Counter({ name: 'tq_http_requests_total', help: 'Requests answered.', ...request });
  const requestSeconds = new Histogram({
    name: 'tq_http_request_duration_seconds',
    help: 'From receiving a request to the end of its answer; streams are left out.',
    buckets: REQUEST_SECONDS,
    ...request,
  });
  const sessions = new Counter({
    name: 'tq_ingest_sessions_total',
    help: 'Sessions posted, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  const groups = new Histogram({
    name: 'tq_ingest_group_size',
    help: 'Events committed together.',
    buckets: GROUP_SIZES,
    registers,
  });
  const scoreSeconds = new Histogram({
    name: 'tq_score_latency_seconds',
    help: "From a tutor's first unprocessed event to the commit of the score.",
    buckets: SCORE_SECONDS,
    registers,
  });
  const setAside = new Counter({
    name: 'tq_tutors_set_aside_total',
    help: 'What failed for a tutor whose work fails alone.',
    registers,
  });
  const mails = new Counter({
    name: 'tq_mail_sends_total',
    help: 'Attempts to send a mail, by provider and outcome.',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const mailSeconds = new Histogram({
    name: 'tq_mail_send_duration_seconds',
    help: 'How long a provider took to answer an attempt.',
    labelNames: ['provider'],
    buckets: MAIL_SECONDS,
    registers,
  });
  const job = { labelNames: ['job'] as const, registers };
  const jobFailures = new Counter({ name: 'tq_job_failures_total', help: 'Rounds of a job that failed.', ...job });
  const jobSuccess = new Gauge({
    name: 'tq_job_last_success_timestamp_seconds',
    help: 'When a round of a job last ended well, in seconds since 1970.',
    ...job,
  });
  const jobSeconds = new Histogram({
    name: 'tq_job_duration_seconds',
    help: 'How long a round of a job took.',
    buckets: JOB_SECONDS,
    ...job,
  });
  const pools = new Map<string, () => PoolUse>();
  new Gauge({
    name: 'tq_database_pool_connections',
    help: 'Connections of a pool: all, those at rest, and requests that wait for one.',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, use] of pools) {
        for (const [state, value] of Object.entries(use())) this.set({ pool, state }, value);
      }
    },
  });

  return {
    requestAnswered: ({ method, route, status, seconds }) => {
      const labels = { method, route, status };
      requests.inc(labels);
      if (seconds !== null) requestSeconds.observe(labels, seconds);
    },
    groupStored: (results) => {
      groups.observe(results.length);
      for (const { outcome, bug } of results) {
        if (outcome !== undefined) sessions.inc({ outcome });
        else if (bug !== undefined) sessions.inc({ outcome: 'failed' });
      }
    },
    sessionsRefused: (count) => sessions.inc({ outcome: 'refused' }, count),
    tutorScored: (seconds) => scoreSeconds.observe(seconds),
    tutorSetAside: () => setAside.inc(),
    mailTried: ({ provider, outcome, seconds }) => {
      mails.inc({ provider, outcome });
      mailSeconds.observe({ provider }, seconds);
    },
    jobEnded: ({ job: name, seconds, doneAt }) => {
      jobSeconds.observe({ job: name }, seconds);
      if (doneAt === null) jobFailures.inc({ job: name });
      else jobSuccess.set({ job: name }, doneAt.getTime() / 1000);
    },
    watchPool: (pool, use) => void pools.set(pool, use),
    snapshot: () => registry.getMetricsAsJSON(),
  };
}
