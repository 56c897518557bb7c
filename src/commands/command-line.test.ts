import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';

const { run } = programs();

const COMMANDS = [
  'start',
  'api',
  'worker',
  'migrate',
  'setup-db',
  'generate-data',
  'recalculate',
  'backup',
  'restore',
  'erase-student',
  'erase-tutor',
  'export-tutor',
  'import',
  'scores',
  'prior',
  'simulate',
  'user',
];

describe('the command line', () => {
  it('lists its commands', async () => {
    const { code, stdout } = await run(['--help'], {});
    expect(code).toBe(0);
    expect(Array.from(stdout.matchAll(/^ {2}([a-z][a-z-]+) /gm), ([, name]) => name)).toEqual(COMMANDS);
  });

  it.concurrent.each(COMMANDS)('%s explains itself with --help', async (command) => {
    const { code, stdout, stderr } = await run([command, '--help'], {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: tutor-quality ${command}\\b`));
  });

  it.concurrent.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['scores', '--nope'], "unknown option '--nope'"],
    [['scores', '--as-of', 'yesterday'], 'It must be an ISO 8601 time with an offset'],
    [['prior', '--limit', '0'], 'It must be a whole number from 1 to 10000.'],
    [['erase-tutor', '7'], 'It must be a UUID.'],
    [['migrate', 'sideways'], 'It must be one of up, down, status.'],
    [['generate-data', '--tutors', '0'], 'It must be a whole number from 1 to 10000.'],
    [[], 'Usage: tutor-quality'],
  ])('ends with 2 when it is asked wrongly: %j', async (args, words) => {
    const { code, stdout, stderr } = await run(args, {});
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('lists everything that is wrong with the environment, and ends with 2', async () => {
    const env = { PORT: 'eighty', TIMEZONE: 'Mars', EMAIL_SERVICE: 'smtp', API_KEY: 'short' };
    const { code, stderr } = await run(['scores'], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The configuration has 4 problems:\n/);
    for (const variable of ['PORT', 'TIMEZONE', 'SMTP_URL', 'API_KEY']) expect(stderr).toContain(`  - ${variable}: `);
  });

  it('ends as ever when nobody reads what it says', async ({ onTestFinished }) => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const env = { DATABASE_URL: database.connectionString };
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('../main.ts', import.meta.url)), 'migrate', 'status'],
      {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
