import { messageOf } from '../errors.ts';
import type { PastRead, Read } from './record-queries.ts';

/** Looks of one user at one subject are noted once in so many minutes, however often a page asks. */
export const QUIET_MINUTES = 15;
const QUIET_MS = QUIET_MINUTES * 60_000;
const LATE_MS = 1000;
/** So much is kept in memory while the database is away; what comes beyond is lost, and counted. */
const MAX_WAITING = 10_000;
/** Looks that are known to be noted. Who is forgotten here is found in the table. */
const MAX_KNOWN = 20_000;

export type GatheredReads = {
  /** Takes note of a look, without waiting: a second later at most it is written. */
  add(read: Read): void;
  /** Writes what was gathered, at once. Never fails: what could not be written stays for the next time. */
  flush(): Promise<void>;
  /** The last writing, when the process ends. */
  close(): Promise<void>;
};

export type GatherOptions = {
  write: (reads: PastRead[]) => Promise<void>;
  log: { warn(facts: object, words: string): void };
  /** Milliseconds, from any beginning. */
  now?: () => number;
};

/** Gathers looks at personal data and writes them in batches: no request waits for the audit log, or fails by it. */
export function gatherReads({ write, log, now = () => performance.now() }: GatherOptions): GatheredReads {
  const known = new Map<string, number>();
  let waiting: { read: Read; at: number }[] = [];
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let writing = Promise.resolve();

  const writeAll = async () => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      const at = now();
      await write(batch.map((entry) => ({ ...entry.read, agoMs: at - entry.at })));
    } catch (error) {
      const kept = [...batch, ...waiting];
      waiting = kept.slice(0, MAX_WAITING);
      lost += kept.length - waiting.length;
      log.warn({ reason: messageOf(error), waiting: waiting.length, lost }, 'audit log: reads not written yet');
      later();
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeAll);
    return writing;
  };
  const later = () => {
    if (!isClosed) timer ??= setTimeout(() => void flush(), LATE_MS);
  };

  return {
    add: (read) => {
      const at = now();
      const key = `${read.userId} ${read.subject} ${read.subjectId}`;
      const notedAt = known.get(key);
      if (notedAt !== undefined && at - notedAt < QUIET_MS) return;
      if (waiting.length >= MAX_WAITING) {
        lost += 1;
        return;
      }
      // Those that were noted first stand first.
      known.delete(key);
      known.set(key, at);
      for (const oldest of known.keys()) {
        if (known.size <= MAX_KNOWN) break;
        known.delete(oldest);
      }
      waiting.push({ read, at });
      later();
    },
    flush,
    close: async () => {
      isClosed = true;
      await flush();
      if (waiting.length + lost > 0) log.warn({ lost: waiting.length + lost }, 'audit log: reads are lost');
    },
  };
}
