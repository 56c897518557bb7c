import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Metrics, Snapshot } from '../metrics/metrics.ts';
import type { Running } from './run-api.ts';

const RESTART_MS = 1_000;
/** Ctrl-C reaches the worker too, and may do so before it has reached us. */
const STOPPED_MS = 10_000;
/** A worker that was asked to stop gives up by itself before that. */
const WORKER_MS = 32_000;
/** One that stands still ends with that, but for a machine that does not answer. */
const KILLED_MS = 2_000;

export type WorkerProcess = Running & {
  /** What the worker tells of itself; `null` when it does not answer in time. */
  metrics(): Promise<Snapshot | null>;
};

/** What one process says to the other. */
const ASK_METRICS = 'metrics?';
type MetricsAnswer = { metrics: Snapshot };
const ANSWER_MS = 1_000;

/**
 * Runs `worker` as a process of its own, beside the API, and starts it again should it end: a job that has to be
 * killed takes no request with it, and those who post come before mails, since the worker asks for less of the processor.
 */
export function startWorkerProcess(program: string, log: Logger): WorkerProcess {
  let isStopping = false;
  let worker = startOne();

  function startOne(): ChildProcess {
    const child = fork(program, ['worker'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Numbers as they are: as JSON, one that is not a number would become null.
      serialization: 'advanced',
    });
    child.on('error', (error) => log.error({ err: error }, 'the worker could not be started'));
    yieldTo(child);
    child.once('exit', (code, signal) => {
      if (!isStopping) void startAgain(code, signal);
    });
    return child;
  }

  async function startAgain(code: number | null, signal: string | null): Promise<void> {
    await wait(code === 0 ? STOPPED_MS : RESTART_MS);
    if (isStopping) return;
    log.error({ code, signal }, 'the worker ended, starting it again');
    worker = startOne();
  }

  return {
    metrics: () => askMetrics(worker),
    close: async ({ step }) => {
      isStopping = true;
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      const ended = once(worker, 'exit');
      const endBy = (signal: NodeJS.Signals) => async () => {
        worker.kill(signal);
        await ended;
      };
      await step('the worker', WORKER_MS, endBy('SIGTERM'));
      // As long as it is attached to the embedded server, nobody stops that.
      await step('the worker, killed', KILLED_MS, endBy('SIGKILL'));
    },
  };
}

async function askMetrics(worker: ChildProcess): Promise<Snapshot | null> {
  if (!worker.connected) return null;
  const answered = once(worker, 'message', { signal: AbortSignal.timeout(ANSWER_MS) });
  worker.send(ASK_METRICS, () => {});
  const [answer]: unknown[] = await answered.catch(() => []);
  return isMetricsAnswer(answer) ? answer.metrics : null;
}

/** Lets the process that started this one, if one did, ask for the metrics. */
export function answerMetrics(metrics: Metrics): void {
  const answer = async () => {
    const said: MetricsAnswer = { metrics: await metrics.snapshot() };
    // Whoever asked may be gone meanwhile.
    process.send?.(said, undefined, undefined, () => {});
  };
  process.on('message', (message) => {
    if (message === ASK_METRICS) void answer();
  });
}

/** The worker runs the same program: what has the name is what we sent. */
function isMetricsAnswer(answer: unknown): answer is MetricsAnswer {
  return typeof answer === 'object' && answer !== null && 'metrics' in answer && Array.isArray(answer.metrics);
}

/** A process may be gone before it is asked to be modest. */
function yieldTo({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    if (!(error instanceof Error && 'info' in error)) throw error;
  }
}
