import { sql } from 'kysely';
import { at } from '../../../src/synthetic/at.ts';
import type { Random } from '../../../src/synthetic/random.ts';
import type { Begun, Fault } from './fault.ts';
import { trySignal } from './postgres.ts';
import { asked, type Stage } from './stage.ts';
import type { Supervised } from './supervised.ts';

const PROCESS_AIM_MS = 5_000;
const DATABASE_AIM_MS = 15_000;

/** Kills -9 and restarts, orderly ends and standing still, of each process there is. */
export const PROCESS_FAULTS: readonly Fault[] = [
  {
    kind: 'API killed',
    harms: ['API'],
    holdMs: [0, 1_500],
    hasOther: true,
    aimMs: PROCESS_AIM_MS,
    begin: async ({ apis }, random) => {
      const api = random.integer(0, 1);
      return { ...(await killed(at(apis, api).process)), api };
    },
  },
  {
    kind: 'worker killed',
    harms: ['worker'],
    holdMs: [0, 1_500],
    hasOther: true,
    aimMs: PROCESS_AIM_MS,
    begin: async ({ workers }, random) => killed(random.pick(workers).process),
  },
  {
    kind: 'API stands still',
    harms: ['API'],
    holdMs: [500, 5_000],
    begin: async ({ apis }, random) => {
      const api = random.integer(0, 1);
      return { ...stopped(at(apis, api).process), api };
    },
  },
  {
    kind: 'worker stands still',
    harms: ['worker'],
    holdMs: [500, 5_000],
    begin: async ({ workers }, random) => stopped(random.pick(workers).process),
  },
  postgresEnds('PostgreSQL killed', 'SIGKILL'),
  postgresEnds('PostgreSQL shut down fast', 'SIGINT'),
  postgresEnds('PostgreSQL shut down at once', 'SIGQUIT'),
  {
    kind: 'PostgreSQL stands still',
    harms: ['PostgreSQL'],
    holdMs: [500, 4_000],
    begin: async ({ postgres }) => {
      await postgres.signalAll('SIGSTOP');
      return { target: 'postgres', end: () => postgres.signalAll('SIGCONT') };
    },
  },
  {
    kind: 'one backend killed',
    harms: ['PostgreSQL'],
    holdMs: [0, 0],
    aimMs: DATABASE_AIM_MS,
    // The postmaster cannot trust the shared memory any more: it ends all the others and recovers by itself.
    begin: async (stage, random) => backendEnds(stage, random, (pid) => trySignal(pid, 'SIGKILL')),
  },
  {
    kind: 'one backend ended',
    harms: ['PostgreSQL'],
    holdMs: [0, 0],
    aimMs: DATABASE_AIM_MS,
    begin: async (stage, random) => backendEnds(stage, random, (pid) => trySignal(pid, 'SIGTERM')),
  },
  {
    kind: 'Redis killed',
    harms: ['Redis'],
    needs: 'redis',
    holdMs: [0, 3_000],
    begin: async ({ redis }) => killed(present(redis)),
  },
  {
    kind: 'Redis stands still',
    harms: ['Redis'],
    needs: 'redis',
    holdMs: [500, 5_000],
    begin: async ({ redis }) => stopped(present(redis)),
  },
];

function postgresEnds(kind: string, signal: 'SIGKILL' | 'SIGINT' | 'SIGQUIT'): Fault {
  return {
    kind,
    harms: ['PostgreSQL'],
    holdMs: [0, 3_000],
    aimMs: DATABASE_AIM_MS,
    begin: async ({ postgres }) => {
      await postgres.end(signal);
      return { target: 'postgres', end: () => postgres.start() };
    },
  };
}

async function killed(process: Supervised): Promise<Begun> {
  await process.end('SIGKILL');
  return { target: process.name, end: () => process.start() };
}

function stopped(process: Supervised): Begun {
  process.signal('SIGSTOP');
  return { target: process.name, end: async () => process.signal('SIGCONT') };
}

/** Ends a connection of the product, at the server. */
async function backendEnds({ db }: Stage, random: Random, end: (pid: number) => void): Promise<Begun> {
  const { rows } = await asked(() =>
    sql<{ pid: number }>`
      select pid from pg_stat_activity
       where backend_type = 'client backend' and application_name not like 'fault%' order by pid
    `.execute(db),
  );
  const { pid } = random.pick(rows);
  end(pid);
  return { target: 'postgres', end: async () => {} };
}

function present(redis: Supervised | null): Supervised {
  if (redis === null) throw new Error('there is no Redis in this run');
  return redis;
}
