import { sql } from 'kysely';
import type { Db } from '../../src/database/connection.ts';
import { verifyDatabase } from '../../src/synthetic/verify.ts';

const TRIES = 120;

/** Waits until the worker has done what is waiting; returns what does not hang together then. */
export async function settled(db: Db): Promise<string[]> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { rows } = await sql<{ waiting: number }>`select count(*) as waiting from tutors_to_rescore`.execute(db);
    if (Number(rows[0]?.waiting) === 0) return faultsOf(db);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return ['the worker does not come to an end'];
}

async function faultsOf(db: Db): Promise<string[]> {
  const checks = await verifyDatabase(db);
  return checks.filter(({ faults }) => faults > 0).map(({ check, faults }) => `${faults} break: ${check}`);
}
