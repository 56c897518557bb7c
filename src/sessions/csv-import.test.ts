import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { completedSession } from '../../test/factories.ts';
import { eventOf } from '../../test/session-events.ts';
import { instantOf } from '../contract/instant.ts';
import { AppError } from '../errors.ts';
import { rescheduleRate } from '../scoring/reschedule-rate.ts';
import { isHighRisk } from '../scoring/risk.ts';
import { computeScores } from '../tutors/count-queries.ts';
import { type BadRow, importSessions } from './csv-import.ts';
import { beginIngest, ingestSessions } from './ingest-sessions.ts';
import { receiptClock } from './receipt-clock.ts';

const HEADER =
  'session_id,tutor_id,tutor_name,student_id,scheduled_time,status,completed_time,initiator,new_time,duration_minutes';

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

async function importFile(file: string, mapping: Record<string, string> = {}) {
  const badRows: BadRow[] = [];
  const counts = await importSessions(file, new Map(Object.entries(mapping)), {
    ingest: (events) => beginIngest(database.db, events),
    receiptClock: receiptClock(() => new Date()),
    badRow: (row) => badRows.push(row),
    progress: () => {},
  });
  return { counts, badRows };
}

async function importText(text: string | Buffer, options: { name?: string; mapping?: Record<string, string> } = {}) {
  const file = join(folder, options.name ?? `${randomUUID()}.csv`);
  await writeFile(file, text);
  return importFile(file, options.mapping);
}

const row = (overrides: Record<string, string> = {}) => {
  const cells: Record<string, string> = {
    session_id: randomUUID(),
    tutor_id: randomUUID(),
    tutor_name: 'Maria Lopez',
    student_id: 's-1',
    scheduled_time: '2024-01-15T14:00:00Z',
    status: 'completed',
    completed_time: '2024-01-15T15:00:00Z',
    initiator: '',
    new_time: '',
    duration_minutes: '60',
    ...overrides,
  };
  return HEADER.split(',')
    .map((name) => cells[name])
    .join(',');
};

describe('a file', () => {
  it('whose lines end with CR alone is refused, and not taken for one without rows', async () => {
    await expect(importText([HEADER, row()].join('\r'))).rejects.toThrow('lines must end with LF or CRLF');
  });

  it('is taken, and taken again without a change', async () => {
    const text = [HEADER, row(), row({ status: 'rescheduled', completed_time: '', initiator: 'tutor' })].join('\n');
    expect((await importText(text)).counts).toMatchObject({ rows: 2, created: 2, bad: 0 });
    const before = await allRows();
    expect((await importText(text)).counts).toMatchObject({ rows: 2, unchanged: 2, created: 0 });
    expect(await allRows()).toEqual(before);
  });

  it('may be gzipped, begin with a byte order mark, have CRLF, quotes and empty lines', async () => {
    const text = `\uFEFF${HEADER}\r\n${row({ tutor_name: '"Lopez, ""Mia"" M."' })}\r\n\r\n${row()}\r\n`;
    expect((await importText(gzipSync(text), { name: 'all.csv.gz' })).counts).toMatchObject({ created: 2, bad: 0 });
    const found = await database.db.selectFrom('tutors').select('id').where('name', '=', 'Lopez, "Mia" M.').execute();
    expect(found).toHaveLength(1);
  });

  it('has its good rows taken and each bad one named with line, column and reason', async () => {
    const text = [
      HEADER,
      row(),
      row({ scheduled_time: '2024-01-15 14:00' }),
      row({ initiator: 'parent' }),
      row({ duration_minutes: 'an hour' }),
      'too,few,cells',
      row({ student_id: 'a"b' }),
      row(),
    ].join('\n');
    const { counts, badRows } = await importText(text);
    expect(counts).toMatchObject({ created: 2, bad: 5 });
    expect(badRows.map(({ line, column }) => `${line} ${column}`).toSorted()).toEqual([
      '3 scheduled_time',
      '4 initiator',
      '5 duration_minutes',
      '6 row',
      '7 row',
    ]);
    expect(badRows.find(({ line }) => line === 3)?.reason).toBe(
      'must be an ISO 8601 time with an offset, such as 2024-01-15T14:00:00Z',
    );
  });

  it('may name its columns as it likes', async () => {
    const text = [HEADER.replace('student_id', 'pupil').replace('scheduled_time', 'starts'), row({})].join('\n');
    const mapping = { student_id: 'pupil', scheduled_time: 'starts' };
    expect((await importText(text, { mapping })).counts).toMatchObject({ created: 1, bad: 0 });
    const { badRows } = await importText([HEADER.replace('student_id', 'pupil'), row({ student_id: '' })].join('\n'), {
      mapping: { student_id: 'pupil' },
    });
    expect(badRows).toMatchObject([{ line: 2, column: 'pupil', reason: 'is required' }]);
  });

  it('may have columns that are nobody’s, whatever they are called', async () => {
    const text = [`${HEADER},constructor,toString`, `${row()},one,two`].join('\n');
    expect((await importText(text)).counts).toMatchObject({ created: 1, bad: 0 });
  });

  it.each([
    ['a needed column missing', `${HEADER.replace('student_id,', '')}\n`, {}, 'student_id'],
    ['a mapping that hits nothing', `${HEADER}\n`, { student_id: 'pupil' }, 'pupil'],
    ['a mapping of an unknown field', `${HEADER}\n`, { colour: 'status' }, 'colour'],
    ['the same column twice', `${HEADER},status\n`, {}, 'status'],
  ])('is refused as a whole with %s', async (_what, text, mapping, column) => {
    const error = await importText(text, { mapping }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining(column) });
  });

  it('that breaks off, or is no gzip, has the rows before taken and says so', async () => {
    const rows = Array.from({ length: 3000 }, () => row());
    const whole = gzipSync([HEADER, ...rows].join('\n'));
    const file = join(folder, 'cut.csv.gz');
    await writeFile(file, whole.subarray(0, whole.length - 2000));
    await expect(importFile(file)).rejects.toMatchObject({ code: 'invalid' });
    const again = await importText(whole, { name: 'whole.csv.gz' });
    expect(again.counts.unchanged).toBeGreaterThan(0);
    expect(again.counts.unchanged + again.counts.created).toBe(3000);
    await expect(importText('not gzip', { name: 'no.csv.gz' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(importFile(join(folder, 'absent.csv'))).rejects.toMatchObject({ code: 'invalid' });
  });

  it('loses nothing but the row itself to a quote that is never closed, or to a row that is too long', async () => {
    const many = (count: number) => Array.from({ length: count }, () => row());
    const tooLong = row({ tutor_name: 'x'.repeat(70_000) });
    const unclosed = row({ tutor_name: '"never closed' });
    const multiline = row({ tutor_name: '"two\nlines"' });
    const text = [
      HEADER,
      ...many(8),
      unclosed,
      ...many(1500),
      tooLong,
      multiline,
      ...many(5),
      row({ student_id: '"bad" x' }),
      row(),
    ];
    const { counts, badRows } = await importText(text.join('\n'));
    expect(badRows.map(({ line, column }) => `${line} ${column}`)).toEqual(['10 row', '1511 row', '1519 row']);
    expect(counts).toMatchObject({ rows: 1518, created: 1515, bad: 3 });
  });

  it('is refused when it is empty, and a row that is not UTF-8 is named', async () => {
    await expect(importText('')).rejects.toMatchObject({ code: 'invalid' });
    const bytes = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0xe9]), Buffer.from(`\n${row()}\n`)]);
    const { counts, badRows } = await importText(bytes);
    expect([counts.created, badRows]).toEqual([1, [{ line: 2, column: 'row', reason: 'is not UTF-8' }]]);
  });

  it('undoes nothing that was heard since, when it is taken again', async () => {
    const session_id = randomUUID();
    const tutor_id = randomUUID();
    const text = [HEADER, row({ session_id, tutor_id, status: 'no_show', completed_time: '' })].join('\n');
    const file = join(folder, 'again.csv');
    await writeFile(file, text);
    await importFile(file);
    const corrected = completedSession({
      session_id,
      tutor_id,
      scheduled_time: '2024-01-15T14:00:00Z',
      student_id: 's-1',
    });
    const { tutor: _, ...later } = corrected;
    expect(await ingestSessions(database.db, [eventOf(later, instantOf(new Date(Date.now() + 60_000)))])).toEqual([
      { outcome: 'updated' },
    ]);
    expect((await importFile(file)).counts).toMatchObject({ stale: 1, updated: 0 });
  });
});

describe('real data', () => {
  it('gives 227,496 sessions whose scores equal those computed independently', async () => {
    const { counts, badRows } = await importFile(
      join(import.meta.dirname, '../../test/data/hflights2011_sessions.csv.gz'),
    );
    expect(badRows).toEqual([]);
    expect(counts).toMatchObject({ rows: 227_496, created: 227_496 });

    const scores = new Map(
      (await computeScores(database.db, new Date('2011-02-05T06:00:30Z'))).map((score) => [score.tutor_id, score]),
    );
    const expected = readExpected();
    expect(expected).toHaveLength(241);
    for (const wanted of expected) {
      const score = scores.get(wanted['tutor_id'] ?? '');
      const counted = {
        7: { sessions: score?.total_sessions_7d ?? -1, reschedules: score?.tutor_reschedules_7d ?? -1 },
        30: { sessions: score?.total_sessions_30d ?? -1, reschedules: score?.tutor_reschedules_30d ?? -1 },
        90: { sessions: score?.total_sessions_90d ?? -1, reschedules: score?.tutor_reschedules_90d ?? -1 },
      };
      for (const days of [7, 30, 90] as const) {
        expect(counted[days].sessions).toBe(Number(wanted[`total_sessions_${days}d`]));
        expect(counted[days].reschedules).toBe(Number(wanted[`tutor_reschedules_${days}d`]));
        // Ours has two decimals, theirs six.
        expect(
          Math.abs((rescheduleRate(counted[days]) ?? 0) - Number(wanted[`reschedule_rate_${days}d`])),
        ).toBeLessThanOrEqual(0.005001);
      }
      expect(score?.name).toBe(wanted['tutor_ref']);
      expect(String(isHighRisk(counted, 15))).toBe(wanted['is_high_risk']?.toLowerCase());
    }
  }, 240_000);
});

function readExpected(): Record<string, string>[] {
  const file = join(import.meta.dirname, '../../test/data/expected_hflights_asof_20110205T060030Z.csv');
  return parse(readFileSync(file, 'utf8'), { columns: true });
}

async function allRows() {
  const { db } = database;
  return {
    tutors: await db.selectFrom('tutors').selectAll().orderBy('id').execute(),
    sessions: await db.selectFrom('sessions').selectAll().orderBy('id').execute(),
    reschedules: await db.selectFrom('reschedules').selectAll().orderBy('id').execute(),
  };
}
