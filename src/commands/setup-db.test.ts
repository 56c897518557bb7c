import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { expectGone, serversOn } from '../../test/process-table.ts';
import { programs } from '../../test/processes.ts';

const CHECKS = `ok     every session has its tutor
ok     every reschedule has its session, tutor and original time
ok     every tutor has a score
ok     every score equals a recount of its windows
ok     evidence rests on these counts, without days of a common cause
ok     a flag is open for just those who are confirmed or on watch
`;

const { run, newDir } = programs();

describe('setup-db', () => {
  it('makes the database that DATABASE_URL names, migrates and fills it, and finds it in order', async () => {
    const name = `test_${randomBytes(6).toString('hex')}`;
    const url = new URL(inject('postgresUrl'));
    url.pathname = `/${name}`;
    onTestFinished(() => asAdmin(`drop database if exists ${name} with (force)`));
    const env = { LOG_LEVEL: 'warn', DATABASE_URL: url.href };
    expect(await run(['setup-db', '--init', '--seed-data'], env)).toMatchObject({
      code: 0,
      stdout: CHECKS,
      stderr: 'Database created.\n8 tutors with 80 sessions are stored.\n',
    });
    expect(await run(['setup-db', '--init'], env)).toMatchObject({ code: 0, stdout: CHECKS, stderr: '' });
  });

  it('makes the embedded database, and leaves no server behind', async () => {
    const dataDir = await newDir();
    const ended = await run(['setup-db', '--init', '--seed-data'], { LOG_LEVEL: 'warn', DATA_DIR: dataDir });
    expect(ended).toMatchObject({ code: 0, stdout: CHECKS, stderr: '8 tutors with 80 sessions are stored.\n' });
    await expectGone(await serversOn(dataDir));
  });
});

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(statement);
  await client.end();
}
