import type { Db } from '../database/connection.ts';
import { PREPARED } from '../database/statements/prepared.ts';
import { type Prior, STARTING_PRIOR } from '../scoring/prior.ts';
import type { TimeWindow } from '../scoring/window.ts';

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
    .modifyFront(PREPARED)
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

/** Stores a prior and gives it a version. */
export async function insertPrior(db: Db, fit: NewPrior): Promise<NewPrior & { version: number }> {
  const { prior, ...row } = fit;
  const { version } = await db
    .insertInto('rate_priors')
    .values({ ...row, ...prior })
    .returning('version')
    .executeTakeFirstOrThrow();
  return { ...fit, version };
}

/** Says that everybody was weighed by it. */
export async function finishPrior(db: Db, version: number): Promise<void> {
  await db.updateTable('rate_priors').set({ is_finished: true }).where('version', '=', version).execute();
}

/** The last prior by which everybody was weighed. */
export async function lastFinishedPrior(db: Db): Promise<{ as_of: Date; basis: Prior['basis'] } | null> {
  const last = await db
    .selectFrom('rate_priors')
    .select(['as_of', 'basis'])
    .where('is_finished', '=', true)
    .orderBy('as_of', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? null;
}

/** The priors in force in a period, oldest first, the one at its beginning included. */
export async function priorsWithin(db: Db, { from, until }: TimeWindow): Promise<StoredPrior[]> {
  const later = await db
    .selectFrom('rate_priors')
    .select(COLUMNS)
    .where('as_of', '>', from)
    .where('as_of', '<=', until)
    .orderBy('as_of')
    .orderBy('version')
    .execute();
  return [await priorAt(db, from), ...later];
}
