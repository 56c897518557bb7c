import type { Db } from '../database/connection.ts';
import { type Prior, STARTING_PRIOR } from '../scoring/prior.ts';

const COLUMNS = ['version', 'as_of', 'basis', 'a', 'b', 'tutors', 'sessions', 'reschedules'] as const;

/** A prior as it was stored; `version` and `as_of` are `null` before the first one. */
export type StoredPrior = {
  version: number | null;
  as_of: Date | null;
  basis: Prior['basis'];
  a: number;
  b: number;
  tutors: number;
  sessions: number;
  reschedules: number;
};

const OF_A_NEW_INSTALLATION: StoredPrior = {
  version: null,
  as_of: null,
  basis: 'assumed',
  ...STARTING_PRIOR,
  tutors: 0,
  sessions: 0,
  reschedules: 0,
};

/** The prior in force at an instant: that of the last night before it. */
export async function priorAt(db: Db, asOf: Date): Promise<StoredPrior> {
  const row = await db
    .selectFrom('rate_priors')
    .select(COLUMNS)
    .where('as_of', '<=', asOf)
    .orderBy('as_of', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? OF_A_NEW_INSTALLATION;
}

/** Newest first. */
export async function listPriors(db: Db, limit: number): Promise<StoredPrior[]> {
  return db.selectFrom('rate_priors').select(COLUMNS).orderBy('version', 'desc').limit(limit).execute();
}

export type NewPrior = Prior & { as_of: Date; tutors: number; sessions: number; reschedules: number };

export async function insertPrior(db: Db, { prior, ...row }: NewPrior): Promise<void> {
  await db
    .insertInto('rate_priors')
    .values({ ...row, ...prior })
    .execute();
}
