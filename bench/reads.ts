// List, detail and history with a million sessions of 100 and of 10,000 tutors, beside the same statements sent by
// pgbench to the same server in turns: node bench/reads.ts [sessions, default 1000000] [rounds, default 2]
import { versionNow } from '../src/cache/version-queries.ts';
import { tutorListQuery } from '../src/contract/tutors.ts';
import type { Db } from '../src/database/connection.ts';
import { getTutorDetail } from '../src/tutors/get-tutor-detail.ts';
import { countTutors, listReschedules, listTutors, rateByWeek } from '../src/tutors/queries.ts';
import { makeBulk, tutorId } from './bulk.ts';
import { BULK_SETTINGS, openEmptyDatabase } from './database.ts';
import { drive, requestOf } from './lean-client.ts';
import { pgbench } from './pgbench.ts';
import { printRow } from './print.ts';
import { percentile, runCommand, startOn } from './server.ts';
import { noteStatements, scriptOf } from './statements.ts';

const SESSIONS = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = Number(process.argv[3] ?? 2);
const TUTORS = [100, 10_000];
const DAYS = 730;
const CONNECTIONS = [4, 16];
const SECONDS = 2;
const TIMEZONE = 'UTC';
const SUBJECTS = ['marketplace'] as const;
/** Questions that pgbench asks in turn. */
const SCRIPTS = 20;

/** A question as the API is asked it, and the statements by which it answers. */
type Question = { path: string; run: (db: Db) => Promise<unknown> };

const noted = noteStatements();
for (const tutors of TUTORS) {
  const { db, dataDir, connectionString, close } = await openEmptyDatabase(BULK_SETTINGS);
  try {
    await makeBulk(db, { tutors, sessions: SESSIONS, days: DAYS });
    await runCommand({ dataDir }, ['recalculate']);
    const server = await startOn(dataDir, ['api'], { LOG_LEVEL: 'info' });
    try {
      for (const [what, ask] of Object.entries({ list, detail, history })) {
        for (const connections of CONNECTIONS) {
          const next = () => requestOf('GET', ask(tutors).path, server.apiKey);
          const scripts = await scriptsOf(db, () => ask(tutors));
          const ratios: number[] = [];
          const rates: number[] = [];
          const latencies: number[] = [];
          await drive(server.url, connections, 0.5, next);
          for (let round = 0; round < ROUNDS; round += 1) {
            const bare = await pgbench(connectionString, scripts, connections, SECONDS);
            const driven = await drive(server.url, connections, SECONDS, next);
            rates.push(driven.latencies.length / driven.seconds);
            ratios.push(driven.latencies.length / driven.seconds / bare);
            latencies.push(...driven.latencies);
          }
          const [p50, p95] = [0.5, 0.95].map((share) => percentile(latencies, share).toFixed(1));
          printRow([
            `${what}, ${tutors} tutors, ${connections} connections`,
            `p50 / p95 ${p50} / ${p95} ms`,
            `${Math.round(percentile(rates, 0.5))}/s`,
            `${percentile(ratios, 0.5).toFixed(2)} of the bare SQL`,
          ]);
        }
      }
    } finally {
      await server.stop();
    }
  } finally {
    await close();
  }
}

async function scriptsOf(db: Db, ask: () => Question): Promise<{ sql: string; weight: number }[]> {
  const scripts: { sql: string; weight: number }[] = [];
  for (let n = 0; n < SCRIPTS; n += 1) scripts.push({ sql: await scriptOf(noted, () => ask().run(db)), weight: 1 });
  return scripts;
}

/** Hardly any two are alike: other limits, orders, pages and rates. */
function list(tutors: number): Question {
  const query = {
    limit: String(40 + upTo(20)),
    offset: String(upTo(Math.min(tutors / 2, 500))),
    sort_by: oneOf(['reschedule_rate', 'total_sessions', 'evidence', 'name']),
    sort_order: oneOf(['asc', 'desc']),
    window_days: oneOf(['7', '30', '90']),
    rate_below: String(20 + upTo(80)),
  };
  const selection = tutorListQuery.parse(query);
  return {
    path: `/api/tutors?${new URLSearchParams(query).toString()}`,
    run: async (db) => {
      await versionNow(db, SUBJECTS);
      await Promise.all([listTutors(db, selection, selection), countTutors(db, selection)]);
    },
  };
}

function detail(tutors: number): Question {
  const id = tutorId(upTo(tutors));
  return {
    path: `/api/tutors/${id}`,
    run: async (db) => getTutorDetail(db, id, { asOf: (await versionNow(db, SUBJECTS)).now, isPast: false }),
  };
}

function history(tutors: number): Question {
  const id = tutorId(upTo(tutors));
  const days = 80 + upTo(20);
  const limit = 100 + upTo(400);
  return {
    path: `/api/tutors/${id}/history?days=${days}&limit=${limit}`,
    run: async (db) => {
      const { now } = await versionNow(db, SUBJECTS);
      await Promise.all([listReschedules(db, id, days, limit, now), rateByWeek(db, id, days, TIMEZONE, now)]);
    },
  };
}

function upTo(limit: number): number {
  return Math.floor(Math.random() * limit);
}

function oneOf(words: readonly string[]): string {
  return words[upTo(words.length)] ?? '';
}
