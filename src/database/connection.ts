import { Socket } from 'node:net';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Pool, types } from 'pg';
import { thisContext } from '../context.ts';
import { isTracing } from '../tracing/spans.ts';
import type { Database } from './schema/row-types.ts';
import { prepareMarked } from './statements/prepared.ts';
import { traceStatement } from './statements/trace-statements.ts';

export type Db = Kysely<Database>;
/** A `Db` inside a transaction: what takes a `Tx` must be part of somebody's unit of work. */
export type Tx = Transaction<Database>;

export type ConnectionOptions = {
  max?: number;
  /** Ends a statement that runs longer, and a connection on which nothing is heard for a little longer than that. */
  statementTimeoutMs?: number;
  /** Ends a statement that waits longer for somebody else's lock; it may be tried again. */
  lockTimeoutMs?: number;
  applicationName?: string;
  /** Hears of idle connections that broke; the pool replaces them by itself. */
  onIdleError?: (error: Error) => void;
};

/**
 * A pool on `connectionString`. Numbers come back as numbers: our counts and two-decimal rates are exact as doubles. A
 * day comes back as `YYYY-MM-DD`: as a `Date` it would be another day in another time zone.
 */
export function connect(connectionString: string, options: ConnectionOptions = {}): Db {
  const pool = new Pool({
    connectionString,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'tutor-quality',
    connectionTimeoutMillis: 10_000,
    ...CONNECTION_SETTINGS,
    types: { getTypeParser },
    ...(options.statementTimeoutMs === undefined ? {} : boundedBy(options.statementTimeoutMs)),
    ...(options.lockTimeoutMs === undefined ? {} : { lock_timeout: options.lockTimeoutMs }),
  });
  const within = thisContext();
  // Without a listener an idle connection that breaks would end the process. Who opened it has nothing to do with that.
  pool.on('error', (error) => within(() => options.onIdleError?.(error)));
  // So would one that breaks while it is lent out and no statement runs on it; its next statement says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('connect', prepareMarked);
  const dialect = new PostgresDialect({ pool });
  const db: Db = new Kysely<Database>(isTracing() ? { dialect, log: traceStatement } : { dialect });
  POOLS.set(db, pool);
  return db;
}

/** Connections that are open, those of them at rest, and requests that wait for one. */
export type PoolUse = { total: number; idle: number; waiting: number };

/** How the pool of a `Db` that `connect` made is used now. */
export function poolUseOf(db: Db): PoolUse {
  const pool = POOLS.get(db);
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}

/** Kysely keeps its pool to itself. */
const POOLS = new WeakMap<Db, Pool>();

/**
 * A machine or a network that is gone says nothing. Left to themselves both ends would wait for hours, and the server
 * would keep the locks of somebody who is no more: so both ask, and after some 25 seconds without an answer give up.
 */
const NOTICES_A_DEAD_LINE = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  options: '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000',
};

/**
 * Whatever else the server, the database or the role was given as a default: the driver reads times of this form alone, and
 * locks and counts rest on it that each statement sees what was committed before it.
 */
const AS_IT_WAS_WRITTEN_FOR =
  '-c datestyle=ISO -c timezone=UTC -c extra_float_digits=1 -c default_transaction_isolation=read\\ committed';

/** What every connection of the product begins with. */
export const CONNECTION_SETTINGS = {
  ...NOTICES_A_DEAD_LINE,
  options: `${NOTICES_A_DEAD_LINE.options} ${AS_IT_WAS_WRITTEN_FOR}`,
};

/** A server that gives a statement up has this long to say so. */
const SAYING_SO_MS = 2_000;

/** Whoever holds locks and does nothing with them for so long stands still. */
const IDLE_IN_TRANSACTION_MS = 60_000;

const IDLE_MS = 10_000;

function boundedBy(statementTimeoutMs: number) {
  const silenceMs = statementTimeoutMs + SAYING_SO_MS;
  return {
    statement_timeout: statementTimeoutMs,
    // One at rest says nothing either, and is closed before that is taken for a dead line.
    idleTimeoutMillis: Math.min(IDLE_MS, statementTimeoutMs / 2),
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    // By then the server would have given the statement up, and have said so.
    stream: neverSilentFor(silenceMs),
  };
}

/**
 * For connections on which something is said all the time: one on which nothing is heard or said for so long is dead, and
 * is broken from this end, be it that it opens, works or says goodbye.
 */
export function neverSilentFor(ms: number): () => Socket {
  return () => {
    const socket = new Socket();
    return socket.setTimeout(ms, () => {
      socket.destroy(Object.assign(new Error('the database server is silent'), { code: 'ETIMEDOUT' }));
    });
  };
}

/** Asks again and again until it is stopped, one question at a time; a failure is for whoever owns the connection. */
export function beat(ask: () => Promise<unknown>, everyMs: number): { stop: () => void } {
  let isWaiting = false;
  const answered = () => {
    isWaiting = false;
  };
  const timer = setInterval(() => {
    if (isWaiting) return;
    isWaiting = true;
    void ask().then(answered, answered);
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}

const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return Number;
  if (oid === DATE) return String;
  return types.getTypeParser(oid, format ?? 'text');
}
