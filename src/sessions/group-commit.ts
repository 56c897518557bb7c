import { inContext, thisContext, type Within } from '../context.ts';
import { AppError } from '../errors.ts';
import { inSpan, traceparentHere } from '../tracing/spans.ts';
import type { IngestResult } from './ingest-sessions.ts';
import type { SessionEvent } from './session-event.ts';

/** Takes events that may wait for company, and settles each with its own result. */
export type GroupCommit = { ingest(events: readonly SessionEvent[]): Promise<IngestResult[]> };

/** Two lanes: one group is folded while the other one commits. */
const LANES = 2;
const MAX_GROUP = 1000;
/** Beyond this nobody would get an answer in time; the sender, who has the events, is asked to come again. */
const MAX_WAITING = 40_000;

/**
 * Commits together whatever is waiting when a lane becomes free. There is no timer: an event that finds a lane
 * free goes at once and alone; under load the groups grow by themselves.
 *
 * @param ingest stores a group, one result an event
 * @param committed hears of each group that was stored, after its commit
 */
export function groupCommit(
  ingest: (events: readonly SessionEvent[]) => Promise<IngestResult[]>,
  committed: (results: readonly IngestResult[]) => void,
): GroupCommit {
  const waiting: Waiting[] = [];
  let waitingEvents = 0;
  let busyLanes = 0;

  async function work(): Promise<void> {
    busyLanes += 1;
    while (waiting.length > 0) {
      const group = takeGroup(waiting);
      waitingEvents -= sizeOf(group);
      await inContextOf(group, () => inGroupSpan(group, () => store(group)));
    }
    busyLanes -= 1;
  }

  async function store(group: Waiting[]): Promise<void> {
    try {
      const results = await ingest(group.flatMap(({ events }) => events));
      let start = 0;
      for (const { events, resolve } of group) {
        resolve(results.slice(start, start + events.length));
        start += events.length;
      }
      committed(results);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return {
    ingest: (events) =>
      new Promise((resolve, reject) => {
        if (waitingEvents >= MAX_WAITING) throw new AppError('unavailable', 'Too much is waiting. Send it again.');
        waiting.push({ events, resolve, reject, within: thisContext(), traceparent: traceparentHere() });
        waitingEvents += events.length;
        if (busyLanes < LANES) void work();
      }),
  };
}

type Waiting = {
  events: readonly SessionEvent[];
  resolve: (results: IngestResult[]) => void;
  reject: (error: unknown) => void;
  within: Within;
  traceparent: string | undefined;
};

/** What is done for all speaks for the first request, and says for how many. */
function inContextOf<Result>([first, ...others]: readonly Waiting[], store: () => Result): Result {
  if (first === undefined) return store();
  if (others.length === 0) return first.within(store);
  return first.within(() => inContext({ requests: others.length + 1 }, store));
}

/** A part of the trace of the first, with links to the others. */
function inGroupSpan(group: readonly Waiting[], store: () => Promise<void>): Promise<void> {
  const attributes = { 'tutor_quality.requests': group.length, 'tutor_quality.sessions': sizeOf(group) };
  const links = group.slice(1).flatMap(({ traceparent }) => traceparent ?? []);
  return inSpan('group commit', { kind: 'internal', attributes, links }, store);
}

function sizeOf(group: readonly Waiting[]): number {
  return group.reduce((sum, { events }) => sum + events.length, 0);
}

/** From the front of the queue as many as fit in one group; a batch is never cut. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  let size = 0;
  const end = waiting.findIndex(({ events }, index) => {
    size += events.length;
    return index > 0 && size > MAX_GROUP;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}
