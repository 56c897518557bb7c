import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';
import { DAY_MS, WINDOW_DAYS } from '../scoring/window.ts';

const NAME = 'window_edges';
/** The edges of all windows: the common upper end, and the three lower ones. */
const EDGE_DAYS = [0, ...WINDOW_DAYS];

/** Where the last sweep ended; the first one begins at the oldest score. Locked, so that two sweeps follow each other. */
export async function lockWatermark(tx: Tx, now: Date): Promise<Date> {
  const ours = tx.selectFrom('sweep_state').select('watermark').where('name', '=', NAME).forUpdate();
  const stored = await ours.executeTakeFirst();
  if (stored !== undefined) return stored.watermark;
  await sql`
    insert into sweep_state (name, watermark)
    select ${NAME}, least(min(last_calculated_at), ${now}::timestamptz) from tutor_scores
    on conflict (name) do nothing
  `.execute(tx);
  return (await ours.executeTakeFirstOrThrow()).watermark;
}

export async function moveWatermark(tx: Tx, watermark: Date): Promise<void> {
  await tx.updateTable('sweep_state').set({ watermark }).where('name', '=', NAME).execute();
}

/** Whose sessions came into a window or left one between two instants; bounds passed as constants, one index. */
export async function tutorsWhoCrossed(tx: Tx, from: Date, until: Date): Promise<string[]> {
  const edges = EDGE_DAYS.map((days) => {
    const back = days * DAY_MS;
    const [start, end] = [new Date(from.getTime() - back), new Date(until.getTime() - back)];
    return sql`select tutor_id from sessions where scheduled_time >= ${start} and scheduled_time < ${end}`;
  });
  const { rows } = await sql<{ tutor_id: string }>`${sql.join(edges, sql` union `)}`.execute(tx);
  return rows.map(({ tutor_id }) => tutor_id);
}
