import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '../src/database/connection.ts';
import { TABLES, type Table } from '../src/database/schema/tables.ts';
import { ingestSessions } from '../src/sessions/ingest-sessions.ts';
import { fillEveryTable } from './every-table.ts';
import { movedSession } from './factories.ts';
import { eventOf } from './session-events.ts';

/** The content of every table, each row as JSON with all that it holds. */
export async function allRows(db: Db): Promise<Record<string, unknown[]>> {
  const tables = TABLES.map(async (table) => {
    const { rows } = await sql`select to_jsonb(t) as row from ${sql.table(table)} t order by 1`.execute(db);
    return [table, rows] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** What a careless format would lose: breaks, tabs, backslashes, the end mark itself, microseconds, absent and empty text. */
export async function fillWithTraps(db: Db): Promise<void> {
  await fillEveryTable(db);
  const reasons = ['a\nb\tc\\d', '\\.', '\n\\.\n', '\\N', '', null, 'Ünï — 🦉'];
  for (const reason of reasons) {
    const body = movedSession({ tutor: { name: 'José "Pepe"\\N, Jr.' }, occurred_at: '2024-01-15T09:30:00.123457Z' });
    const [result] = await ingestSessions(db, [
      eventOf({ ...body, reschedule_info: { initiator: 'tutor', reason, new_time: null } }),
    ]);
    expect(result).toEqual({ outcome: 'created' });
  }
}

export async function countOf(db: Db, table: Table = 'sessions'): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db);
  return rows[0]?.count ?? 0;
}
