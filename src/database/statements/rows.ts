import { type RawBuilder, sql } from 'kysely';

/**
 * `unnest($1::uuid[], $2::text[], …)`: any number of rows as one array a column, so that one statement, with
 * one plan, writes one row or a thousand.
 *
 * @example insert into t (id, name) select * from ${unnest(rows, { id: 'uuid', name: 'text' })} as r (id, name)
 */
export function unnest<Row extends object>(
  rows: readonly Row[],
  columns: { [Column in keyof Row]?: SqlType },
): RawBuilder<unknown> {
  const arrays = Object.entries(columns).map(
    ([column, type]) => sql`${rows.map((row): unknown => Reflect.get(row, column))}::${sql.raw(`${String(type)}[]`)}`,
  );
  return sql`unnest(${sql.join(arrays)})`;
}

type SqlType =
  | 'uuid'
  | 'text'
  | 'timestamptz'
  | 'date'
  | 'integer'
  | 'numeric'
  | 'double precision'
  | 'boolean'
  | 'jsonb';
