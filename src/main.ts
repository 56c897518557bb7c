import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Logger } from 'pino';
import { say } from './commands/terminal.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { ROLES, userEmail } from './contract/access.ts';
import { personName, uuid } from './contract/fields.ts';
import { failureOf } from './database/statements/failures.ts';
import { AppError, messageOf } from './errors.ts';
import { createLog, standardError } from './log.ts';
import { collect, dailyRate, fitting, instant, oneOf, whole } from './option-values.ts';

/** Exit codes: 0 done, 1 failed, 2 asked for wrongly. */
const FAILED = 1;
const USAGE = 2;

// Compiling what a command loads takes longer than most commands. Beside the packages, where only their owner may write;
// where nobody may, it is done without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));

// Whoever reads may be gone before the end, such as `head`: what is open is closed all the same.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** What a command does; it returns the exit code, or nothing for 0. */
type Run<Options> = (config: Config, log: Logger, options: Options) => Promise<number | void>;

/** A command is loaded when it is asked for: none waits for the packages of the others. */
const erase = () => import('./commands/erase.ts');
const server = () => import('./commands/serve.ts');
const users = () => import('./commands/users.ts');
const loadBackup = () => import('./commands/backup.ts');
const loadExportTutor = () => import('./commands/export-tutor.ts');
const loadGenerateData = () => import('./commands/generate-data.ts');
const loadImportCsv = () => import('./commands/import-csv.ts');
const loadMigrate = () => import('./commands/migrate.ts');
const loadPrior = () => import('./commands/prior.ts');
const loadRecalculate = () => import('./commands/recalculate.ts');
const loadRestore = () => import('./commands/restore.ts');
const loadScores = () => import('./commands/scores.ts');
const loadSetupDb = () => import('./commands/setup-db.ts');
const loadSimulate = () => import('./commands/simulate.ts');

const program = new Command('tutor-quality')
  .description('Scores how often tutors move sessions, flags the risky ones, mails reports.')
  .helpCommand(false)
  // Before the commands are made, which take it over.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE));

program
  .command('start')
  .description('API and worker, on a database that is made, migrated and filled if need be')
  .option('--empty', 'make no demo data in an empty database', false)
  .action(run(async () => (await server()).start));
program
  .command('api')
  .description('the API alone')
  .action(run(async () => (await server()).api));
program
  .command('worker')
  .description('a worker alone; any number may run')
  .action(run(async () => (await server()).worker));

program
  .command('migrate')
  .description('bring the schema up to date, take the newest migration back, or say where it stands')
  .argument('<direction>', 'up, down or status', oneOf('up', 'down', 'status'))
  .action((direction: 'up' | 'down' | 'status') => run(async () => (await loadMigrate()).migrate)({ direction }));

program
  .command('setup-db')
  .description('make the database ready, and check that it is')
  .option('--init', 'create the database if it is missing, and migrate it', false)
  .option('--seed-data', 'add 8 tutors with 80 sessions', false)
  .action(run(async () => (await loadSetupDb()).setupDb));

program
  .command('generate-data')
  .description('realistic data, the same for the same seed and time')
  .option('--tutors <n>', 'how many tutors', whole(1, 10_000), 100)
  .option('--sessions <n>', 'how many sessions', whole(0, 10_000_000), 3000)
  .option('--days <n>', 'over how many days back', whole(1, 730), 90)
  .option('--seed <n>', 'same seed, same data', whole(0, 2 ** 31), 42)
  .option('--as-of <time>', 'when the period ends (default: now)', instant)
  .option('--clear-existing', 'delete ALL tutors, sessions, scores and reports first', false)
  .action(run(async () => (await loadGenerateData()).generateData));

program
  .command('recalculate')
  .description('count all scores anew from the sessions')
  .action(run(async () => (await loadRecalculate()).recalculate));

program
  .command('backup')
  .description('write all that is stored to a file, as it stands at one instant')
  .argument('<file>', 'such as backup.gz; made readable to its owner alone')
  .option('--overwrite', 'take the place of a file of this name', false)
  .action((file: string, options: { overwrite: boolean }) =>
    run(async () => (await loadBackup()).backup)({ file, ...options }),
  );
program
  .command('restore')
  .description('put a backup in the place of what is stored, all of it or nothing, and check it')
  .argument('<file>', 'what "backup" wrote')
  .option('--replace', 'delete ALL that is stored first', false)
  .option('--check', 'only read the file: is it whole?', false)
  .action((file: string, options: { replace: boolean; check: boolean }) =>
    run(async () => (await loadRestore()).restore)({ file, ...options }),
  );

const YES = ['--yes', 'do not ask first', false] as const;
program
  .command('erase-student')
  .description('take from everywhere who a student is; the sessions stay, under a pseudonym')
  .argument('<id>', 'the student_id of the platform')
  .option(...YES)
  .action((id: string, { yes }: { yes: boolean }) => run(async () => (await erase()).eraseStudent)({ id, yes }));
program
  .command('erase-tutor')
  .description('delete a tutor with sessions, reports, scores and flags')
  .argument('<id>', 'the tutor_id', fitting(uuid))
  .option(...YES)
  .option('--let-back', 'erase nobody; take again what is sent of one who was erased', false)
  .action((id: string, options: { yes: boolean; letBack: boolean }) =>
    run(async () => (await erase()).eraseTutor)({ id, ...options }),
  );
program
  .command('export-tutor')
  .description('all that is stored of a tutor, as JSON')
  .argument('<id>', 'the tutor_id', fitting(uuid))
  .action((id: string) => run(async () => (await loadExportTutor()).exportTutor)({ id }));

program
  .command('import')
  .description('take sessions from a CSV file, .gz too; running it again takes up where it stopped')
  .argument('<file>', 'columns by name: session_id, tutor_id, student_id, scheduled_time, status, …')
  .option('--map <field=column>', 'read a field from a column of another name; repeatable', collect, [])
  .option('--errors <file>', 'where bad rows are listed (default: <file>.errors.csv)')
  .action((file: string, options: { map: string[]; errors?: string }) =>
    run(async () => (await loadImportCsv()).importCsv)({ file, ...options }),
  );

program
  .command('scores')
  .description('scores of all tutors at any instant; computed, nothing is stored')
  .option('--as-of <time>', 'the instant (default: now)', instant)
  .option('--csv', 'as CSV', false)
  .action(run(async () => (await loadScores()).scores));

program
  .command('prior')
  .description('what is usual among tutors, which each is weighed against, and its history')
  .option('--limit <n>', 'how many nights back', whole(1, 10_000), 30)
  .option('--refit', 'fit it now, and weigh everybody anew', false)
  .action(run(async () => (await loadPrior()).prior));

program
  .command('simulate')
  .description('stands in for the platform: posts sessions over HTTP until it is stopped')
  .option('--url <url>', 'where the API is (default: http://HOST:PORT)')
  .option('--rate <n/day>', 'sessions a day', dailyRate, 3000)
  .option('--speed <n>', 'how many times faster than real time', whole(1, 1_000_000), 60)
  .option('--tutors <n>', 'how many tutors', whole(1, 10_000), 100)
  .option('--seed <n>', 'same seed, same sessions', whole(0, 2 ** 31), 42)
  .option('--count <n>', 'stop after so many', whole(1, 10_000_000))
  .action(run(async () => (await loadSimulate()).simulate));

const user = program.command('user').description('who may sign in to the dashboard').helpCommand(false);
const PASSWORD_STDIN = [
  '--password-stdin',
  'read the password from standard input; else one is made and shown',
  false,
] as const;
user
  .command('add')
  .description('let somebody in')
  .argument('<email>', 'the address to sign in with', fitting(userEmail))
  .requiredOption('--name <name>', 'how the dashboard calls them', fitting(personName))
  .requiredOption('--role <role>', ROLES.join(', '), oneOf(...ROLES))
  .option(...PASSWORD_STDIN)
  .action((email: string, options) => run(async () => (await users()).addUser)({ email, ...options }));
user
  .command('reset')
  .description('give another password and end all sessions')
  .argument('<email>', 'whose', fitting(userEmail))
  .option(...PASSWORD_STDIN)
  .action((email: string, options) => run(async () => (await users()).resetPassword)({ email, ...options }));
user
  .command('list')
  .description('everybody who may sign in')
  .action(run(async () => (await users()).showUsers));
user
  .command('disable')
  .description('shut somebody out, at once')
  .argument('<email>', 'whom', fitting(userEmail))
  .action((email: string) => run(async () => (await users()).disable)({ email }));
user
  .command('enable')
  .description('let somebody in again')
  .argument('<email>', 'whom', fitting(userEmail))
  .action((email: string) => run(async () => (await users()).enable)({ email }));

await program.parseAsync();

/** Reads the configuration, runs, and turns what is thrown into words and an exit code. */
function run<Options>(load: () => Promise<Run<Options>>): (options: Options) => Promise<void> {
  return async (options) => {
    try {
      const config = parseConfig(readEnvironment());
      const log = createLog(config.LOG_LEVEL, standardError());
      const command = await load();
      process.exitCode = (await command(config, log, options)) ?? 0;
    } catch (error) {
      process.exitCode = error instanceof ConfigError ? USAGE : FAILED;
      say(wordsOf(error));
    }
  };
}

/** A known obstacle in words; a bug with the place where it happened. */
function wordsOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof AppError) return error.message;
  if (failureOf(error) === 'gone') return `The database cannot be reached: is DATABASE_URL right? ${messageOf(error)}`;
  return String(error instanceof Error ? error.stack : error);
}

/** `.env` gives what the environment leaves open. */
function readEnvironment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return process.env;
}
