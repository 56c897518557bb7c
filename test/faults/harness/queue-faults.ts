import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { openQueue, PROCESS_SESSIONS, type QueueName, SEND_REPORT } from '../../../src/queue/backend.ts';
import type { Fault } from './fault.ts';
import { asked, type Stage } from './stage.ts';

const USELESS = 1_500;

/** A queue that is full of what helps nobody, and one that has forgotten everything. */
export const QUEUE_FAULTS: readonly Fault[] = [
  {
    kind: 'queue filled with useless signals',
    harms: ['queue'],
    holdMs: [0, 0],
    begin: async (stage) => {
      const jobs = Array.from({ length: USELESS }, () => ({ name: 'look', data: {} }));
      await addJobs(stage, PROCESS_SESSIONS, jobs);
      return { target: 'queue', end: async () => {} };
    },
  },
  {
    kind: 'queue filled with reports that are sent or do not exist',
    harms: ['queue'],
    holdMs: [0, 0],
    begin: async (stage, random) => {
      const rows = await asked(() =>
        stage.db
          .selectFrom('email_reports')
          .select('id')
          .limit(USELESS / 2)
          .execute(),
      );
      const known = rows.map(({ id }) => id);
      const ids = [...known, ...Array.from({ length: USELESS - known.length }, () => random.uuid())];
      const jobs = random.shuffled(ids).map((jobId) => ({ name: 'send', data: {}, opts: { jobId } }));
      await addJobs(stage, SEND_REPORT, jobs);
      return { target: 'queue', end: async () => {} };
    },
  },
  {
    kind: 'queue emptied',
    harms: ['queue'],
    holdMs: [0, 0],
    begin: async (stage) => {
      await empty(stage);
      return { target: 'queue', end: async () => {} };
    },
  },
];

type Job = { name: string; data: object; opts?: { jobId: string } };

/** One after the other and the rest left out when the queue is down: two faults may meet. */
async function addJobs({ location }: Stage, name: QueueName, jobs: Job[]): Promise<void> {
  const queue = openQueue(location, name);
  queue.on('error', () => {});
  try {
    await queue.waitUntilReady();
    await queue.addBulk(jobs);
  } catch {
    // The other fault of this moment has taken the queue away.
  } finally {
    await queue.close().catch(() => {});
  }
}

async function empty({ location, db }: Stage): Promise<void> {
  if (location.kind === 'postgres') {
    await asked(() => sql`delete from bullmq.job`.execute(db));
    await asked(() => sql`delete from bullmq.dedup_next`.execute(db));
    return;
  }
  const redis = new Redis(location.url, { retryStrategy: null, maxRetriesPerRequest: 1 });
  redis.on('error', () => {});
  await redis.flushall().catch(() => {});
  redis.disconnect();
}
