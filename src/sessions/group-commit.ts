import type { IngestResult } from './ingest-sessions.ts';
import type { SessionEvent } from './session-event.ts';

/** Takes events that may wait for company, and settles each with its own result. */
export type GroupCommit = { ingest(events: readonly SessionEvent[]): Promise<IngestResult[]> };

/** Two lanes: one group is folded while the other one commits. */
const LANES = 2;
const MAX_GROUP = 1000;

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
  let busyLanes = 0;

  async function work(): Promise<void> {
    busyLanes += 1;
    while (waiting.length > 0) await store(takeGroup(waiting));
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
        waiting.push({ events, resolve, reject });
        if (busyLanes < LANES) void work();
      }),
  };
}

type Waiting = {
  events: readonly SessionEvent[];
  resolve: (results: IngestResult[]) => void;
  reject: (error: unknown) => void;
};

/** From the front of the queue as many as fit in one group; a batch is never cut. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  let size = 0;
  const end = waiting.findIndex(({ events }, index) => {
    size += events.length;
    return index > 0 && size > MAX_GROUP;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}
