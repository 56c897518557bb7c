import { type RawBuilder, sql } from 'kysely';
import type { TimeWindow } from '../../scoring/window.ts';

/** Whether a time lies in one of a few windows; without any, a plain `false` that costs nothing. */
export function isWithinAny(column: string, windows: readonly TimeWindow[]): RawBuilder<unknown> {
  if (windows.length === 0) return sql`false`;
  const time = sql.ref(column);
  return sql`(${sql.join(
    windows.map(({ from, until }) => sql`(${time} >= ${from} and ${time} < ${until})`),
    sql` or `,
  )})`;
}
