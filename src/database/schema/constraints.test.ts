import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../../../scripts/read-catalog.ts';
import { BROKEN_ALERTS } from '../../../test/broken-rules/alerts.ts';
import { BROKEN_AUDIT_LOG, KEPT_AUDIT_LOG } from '../../../test/broken-rules/audit-log.ts';
import { BROKEN_DATA_VERSIONS } from '../../../test/broken-rules/data-versions.ts';
import { BROKEN_ERASED_TUTORS } from '../../../test/broken-rules/erased-tutors.ts';
import { BROKEN_EVIDENCE, KEPT_EVIDENCE } from '../../../test/broken-rules/evidence.ts';
import { BROKEN_REPORTS, KEPT_REPORTS } from '../../../test/broken-rules/reports.ts';
import { BROKEN_SCORES_AND_FLAGS, KEPT_SCORES_AND_FLAGS } from '../../../test/broken-rules/scores-and-flags.ts';
import {
  BROKEN_TUTORS_AND_SESSIONS,
  KEPT_TUTORS_AND_SESSIONS,
} from '../../../test/broken-rules/tutors-and-sessions.ts';
import { BROKEN_USERS, KEPT_USERS } from '../../../test/broken-rules/users.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { fillEveryTable } from '../../../test/every-table.ts';

const BROKEN = [
  ...BROKEN_TUTORS_AND_SESSIONS,
  ...BROKEN_SCORES_AND_FLAGS,
  ...BROKEN_EVIDENCE,
  ...BROKEN_REPORTS,
  ...BROKEN_USERS,
  ...BROKEN_ERASED_TUTORS,
  ...BROKEN_ALERTS,
  ...BROKEN_AUDIT_LOG,
  ...BROKEN_DATA_VERSIONS,
];
const KEPT = [
  ...KEPT_TUTORS_AND_SESSIONS,
  ...KEPT_SCORES_AND_FLAGS,
  ...KEPT_EVIDENCE,
  ...KEPT_REPORTS,
  ...KEPT_USERS,
  ...KEPT_AUDIT_LOG,
];

describe('the rules of the database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await fillEveryTable(database.db);
  });
  afterAll(() => database.drop());

  it.each(BROKEN)('$constraint refuses: $statement', async ({ constraint, statement }) => {
    await expect(tryOut(statement)).rejects.toMatchObject({ constraint });
  });

  it.each(KEPT)('let pass: %s', async (statement) => {
    await expect(tryOut(statement)).resolves.toBeUndefined();
  });

  it('are all tried above', async () => {
    const { constraints, indexes } = await readCatalog(database.db);
    const names = [...constraints, ...indexes.filter(({ is_unique }) => is_unique)].map(({ name }) => name);
    expect([...new Set(BROKEN.map(({ constraint }) => constraint))].sort()).toEqual(names.sort());
  });

  it('refuse a flag on a window without sessions, of which there is no rate', async () => {
    await expect(tryOut('update risk_flags set sessions = 0, reschedules = 0')).rejects.toThrow('division by zero');
  });

  /** Runs statements, and then the checks that wait for the commit, and takes everything back. */
  async function tryOut(statement: string): Promise<void> {
    const transaction = await database.db.startTransaction().execute();
    try {
      await sql.raw(`${statement}; set constraints all immediate`).execute(transaction);
    } finally {
      await transaction.rollback().execute();
    }
  }
});
