import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const GROUP_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const SCORE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600, 3600];
const MAIL_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 240];

/** What is counted and timed, each with its help, its labels and, in seconds, the bounds of its buckets. */
export function makeInstruments(registry: Registry) {
  const registers = [registry];
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
  const pool = new Gauge({
    name: 'tq_database_pool_connections',
    help: 'Connections of a pool: all, those at rest, and requests that wait for one.',
    labelNames: ['pool', 'state'],
    registers,
  });
  const build = new Gauge({
    name: 'tq_build_info',
    help: 'Always 1; says which version runs.',
    labelNames: ['version'],
    registers,
  });
  return {
    build,
    requests,
    requestSeconds,
    sessions,
    groups,
    scoreSeconds,
    setAside,
    mails,
    mailSeconds,
    jobFailures,
    jobSuccess,
    jobSeconds,
    pool,
  };
}
