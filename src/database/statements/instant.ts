import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Instant } from '../../contract/instant.ts';

/** Reads a `timestamptz` with its microseconds, as an `Instant`; the driver's `Date` would cut them off. */
export function asInstant(column: string): RawBuilder<Instant> {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** A `timestamptz` as answers hold it, with milliseconds, for what is only handed on: the text that its `Date` would give. */
export function asWireInstant<Read extends string | null = string>(instant: Expression<unknown>): RawBuilder<Read> {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
