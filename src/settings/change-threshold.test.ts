import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { holdTable } from '../../test/locks.ts';
import { wordOf } from '../audit/actor.ts';
import { connect } from '../database/connection.ts';
import { changeThreshold } from './change-threshold.ts';
import { getSettings } from './queries.ts';

describe('changing the threshold', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('waits for whoever holds what it needs for longer than a lock is waited for', async () => {
    const impatient = connect(database.connectionString, { lockTimeoutMs: 50 });
    onTestFinished(() => impatient.destroy());
    const held = await holdTable(database.db, 'settings');
    let tries = 0;
    const clock = async () => {
      tries += 1;
      if (tries === 3) await held.release();
      return new Date();
    };
    await changeThreshold(impatient, clock, 22, TESTER);
    expect(tries).toBe(3);
    expect(await getSettings(database.db)).toMatchObject({ risk_threshold: 22, updated_by: wordOf(TESTER) });
  });
});
