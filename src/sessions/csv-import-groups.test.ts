import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type ImportDeps, importSessions } from './csv-import.ts';
import { beginIngest, type IngestResult } from './ingest-sessions.ts';
import { receiptClock } from './receipt-clock.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'tq-csv-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const HEADER = 'session_id,tutor_id,tutor_name,student_id,scheduled_time,status,completed_time';
const tutor_id = randomUUID();
const row = (session_id: string, student_id = 's-1', tutor_name = '') =>
  `${session_id},${tutor_id},${tutor_name},${student_id},2024-01-15T14:00:00Z,completed,2024-01-15T15:00:00Z`;
const others = (count: number) => Array.from({ length: count }, () => row(randomUUID()));

async function importRows(rows: readonly string[], ingest: ImportDeps['ingest']) {
  const file = join(folder, `${randomUUID()}.csv`);
  await writeFile(file, [HEADER, ...rows].join('\n'));
  const badRows: unknown[] = [];
  const counts = await importSessions(file, new Map(), {
    ingest,
    receiptClock: receiptClock(() => new Date()),
    badRow: (bad) => badRows.push(bad),
    progress: () => {},
  });
  return { counts, badRows };
}

describe('the groups of a file', () => {
  it('are stored as if one came after the other, and know the tutor from the row that names it on', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const { counts, badRows } = await importRows(
      [
        row(first, 's-1', 'Maria Lopez'),
        ...others(1500),
        row(second),
        ...others(1000),
        row(second, 's-2'),
        row(first, 's-2'),
        ...others(1000),
      ],
      (events) => beginIngest(database.db, events),
    );
    expect(badRows).toEqual([]);
    expect(counts).toMatchObject({ rows: 3504, created: 3502, updated: 2, unchanged: 0, stale: 0 });
    const ids = [first, second];
    const stored = await database.db.selectFrom('sessions').select('student_id').where('id', 'in', ids).execute();
    expect(stored).toEqual([{ student_id: 's-2' }, { student_id: 's-2' }]);
  });

  it('are written two at a time, but for one that names a session which is still being written', async () => {
    const again = randomUUID();
    const began: string[] = [];
    const written: string[] = [];
    const releases: (() => void)[] = [];
    const importing = importRows(
      [...others(1000), row(again), ...others(999), row(again), ...others(2499)],
      (events) => {
        const name = `group ${began.length}`;
        began.push(`${name} after ${written.join(', ')}`);
        const results = new Promise<IngestResult[]>((resolve) => {
          releases.push(() => {
            written.push(name);
            resolve(events.map(() => ({ outcome: 'created' })));
          });
        });
        return Promise.resolve({ results });
      },
    );
    const begun = async (groups: number) => {
      while (releases.length < groups) await setImmediate();
    };
    await begun(2);
    releases[0]?.();
    // Time to begin for the third group, if it did not wait for the second one.
    for (let turn = 0; turn < 200; turn += 1) await setImmediate();
    releases[1]?.();
    await begun(4);
    releases[2]?.();
    await begun(5);
    releases[3]?.();
    releases[4]?.();
    expect((await importing).counts).toMatchObject({ rows: 4500, created: 4500 });
    expect(began).toEqual([
      'group 0 after ',
      'group 1 after ',
      'group 2 after group 0, group 1',
      'group 3 after group 0, group 1',
      'group 4 after group 0, group 1, group 2',
    ]);
  });
});
