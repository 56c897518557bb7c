import type { FaultRecord } from './script.ts';
import type { Stage } from './stage.ts';
import type { Problems } from './verify.ts';

/** The most that each process had in memory at any time, in MB. */
export type Memory = Record<string, number>;

const EVERY_MS = 1_000;
const MOST_MB = 512;
const ERROR_LEVEL = 50;
/** What a fault explains may come so long after its end: a statement or a connection was given up. */
const AFTER_MS = 35_000;
/** What is said of a server, a line or a queue that is gone, and of work that failed or is late for that. */
const OF_A_FAULT =
  /"alert":"|"code":"(08|53|57P)|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|onnection terminated|onnection is closed|when trying to connect|not queryable|starting up|shutting down|recovery mode|terminating connection|canceling statement due to (lock|statement) timeout/;

/** Looks at the memory of the product's processes until it is told to stop. */
export function watchMemory(stage: Stage): { stop(): Memory } {
  const most: Memory = {};
  const look = async () => {
    for (const { process } of stage.actors()) {
      most[process.name] = Math.max(most[process.name] ?? 0, Math.round(await process.memoryMb()));
    }
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

/** Processes that ended by themselves, and errors in the logs, that no fault explains. */
export function verifyQuiet(stage: Stage, memory: Memory, faults: readonly FaultRecord[]): Problems {
  const isDuringFault = (at: number) =>
    faults.some(({ beganAt, endedAt, backMs }) => at >= beganAt && at <= endedAt + backMs + AFTER_MS);
  const ended = stage
    .actors()
    .flatMap(({ process }) => process.surprises)
    // A process that starts while its database is down says so and ends; its supervisor starts it again.
    .filter(({ wasReady, at }) => wasReady || !isDuringFault(at))
    .map(({ name, code, signal }) => `${name} ended by itself with ${signal ?? code}`);
  const errors = stage.said
    .filter(({ text }) => levelOf(text) >= ERROR_LEVEL)
    .filter(({ text, at }) => !(OF_A_FAULT.test(text) && isDuringFault(at)))
    .map(({ from, text }) => `${from} said: ${text.slice(0, 1_500)}`);
  const big = Object.entries(memory).filter(([, mb]) => mb > MOST_MB);
  return [...ended, ...errors, ...big.map(([name, mb]) => `${name} grew to ${mb} MB, more than ${MOST_MB}`)];
}

function levelOf(text: string): number {
  return Number(/^\{"level":(\d+)/.exec(text)?.[1] ?? 0);
}
