import { join } from 'node:path';
import { sql } from 'kysely';
import { importSessions } from '../src/sessions/csv-import.ts';
import { beginIngest } from '../src/sessions/ingest-sessions.ts';
import { receiptClock } from '../src/sessions/receipt-clock.ts';
import { openEmptyDatabase } from './database.ts';
import { percentile } from './server.ts';

// Rows a second of an import beside a COPY of the same rows into the same tables, every constraint on:
// node bench/import.ts [rounds, default 3] [file]
const ROUNDS = Number(process.argv[2] ?? 3);
const FILE = process.argv[3] ?? join(import.meta.dirname, '../test/data/hflights2011_sessions.csv.gz');
const COPIED = ['sessions', 'reschedules'] as const;

/** Processor time of a row in this process, for each import. */
const ownMicroseconds: number[] = [];
const { db, close } = await openEmptyDatabase();
try {
  const rates: Record<'import' | 'again' | 'copy', number[]> = { import: [], again: [], copy: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    await sql`truncate sessions, reschedules, email_reports, tutors_to_rescore, tutor_scores, tutors cascade`.execute(
      db,
    );
    await sql`checkpoint`.execute(db);
    rates.import.push(await importAll());
    rates.again.push(await importAll());
    rates.copy.push(await copyAll());
  }
  const copy = percentile(rates.copy, 0.5);
  for (const [what, each] of Object.entries(rates)) {
    const middle = percentile(each, 0.5);
    const figures = `${Math.round(middle)} rows a second, slowest ${Math.round(Math.min(...each))}`;
    process.stdout.write(`${what.padEnd(8)} ${figures}  ${(middle / copy).toFixed(2)} of the copy\n`);
  }
  process.stdout.write(`a row costs this process ${percentile(ownMicroseconds, 0.5).toFixed(0)} µs of a processor\n`);
  process.stdout.write(`most memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`);
} finally {
  await close();
}

/** As `npm run import` stores a file; returns rows a second. */
async function importAll(): Promise<number> {
  const started = performance.now();
  const usedBefore = process.cpuUsage();
  const { rows } = await importSessions(FILE, new Map(), {
    ingest: (events) => beginIngest(db, events),
    receiptClock: receiptClock(() => new Date()),
    badRow: ({ line, reason }) => process.stderr.write(`line ${line}: ${reason}\n`),
    progress: () => {},
  });
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(usedBefore);
  ownMicroseconds.push((user + system) / rows);
  return (1000 * rows) / took;
}

/** The rows go to files of the server and, all of them at once, back into the emptied tables. */
async function copyAll(): Promise<number> {
  const { rows: settings } = await sql<{ folder: string }>`
    select current_setting('data_directory') as folder`.execute(db);
  const tables = await Promise.all(
    COPIED.map(async (table) => ({
      columns: sql.raw(`${table} (${(await storedColumns(table)).join(', ')})`),
      file: sql.lit(`${settings[0]?.folder}/bench-${table}.copy`),
    })),
  );
  for (const { columns, file } of tables) await sql`copy ${columns} to ${file}`.execute(db);
  const { rows } = await sql<{ n: number }>`select count(*) as n from sessions`.execute(db);
  await sql`truncate sessions, reschedules, email_reports`.execute(db);
  await sql`checkpoint`.execute(db);
  const started = performance.now();
  for (const { columns, file } of tables) await sql`copy ${columns} from ${file}`.execute(db);
  return (1000 * (rows[0]?.n ?? 0)) / (performance.now() - started);
}

async function storedColumns(table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
     where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
  `.execute(db);
  return rows.map(({ name }) => name);
}
