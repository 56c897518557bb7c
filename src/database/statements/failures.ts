import { DatabaseError } from 'pg';

/** What a failed statement means to the one who sent it. */
export type Failure = 'try_again' | 'busy' | 'gone' | 'broken_rule' | 'bug';

/** Class 40: the server undid the transaction to let another one pass. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Somebody else held a row for longer than `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Classes 08, 53 and 57P: the connection, the server's resources, an operator. A server that recovers says 57P03; 25P03
 * is what it says to a transaction that stood still for too long.
 */
const GONE = /^(08|53|57P|25P03$)/;

export function failureOf(error: unknown): Failure {
  if (error instanceof DatabaseError && error.code !== undefined) {
    if (TRY_AGAIN.has(error.code)) return 'try_again';
    if (error.code === LOCK_NOT_AVAILABLE) return 'busy';
    if (GONE.test(error.code)) return 'gone';
    return error.code.startsWith('23') ? 'broken_rule' : 'bug';
  }
  return isConnectionError(error) ? 'gone' : 'bug';
}

/** The named constraint that a statement broke, or `null`. */
export function brokenConstraint(error: unknown): string | null {
  return error instanceof DatabaseError ? (error.constraint ?? null) : null;
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);
const CONNECTION_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Cannot use a pool/;

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && CONNECTION_CODES.has(error.code)) return true;
  return CONNECTION_WORDS.test(error.message);
}
