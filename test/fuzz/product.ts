import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connect, type Db } from '../../src/database/connection.ts';
import { attachEmbeddedPostgres } from '../../src/database/embedded/attach.ts';

/** Where memory is plenty, V8 takes it before it tidies up; so held, what leaks ends the process. */
const MOST_HEAP_MB = 256;
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const SECRET = 'a secret of the fuzzer, 32 bytes!';
const API_KEY = 'fuzz-key-0123456789abcdef';

/** The product as it is started by `npm start`: API, worker and embedded PostgreSQL, on an empty database of its own. */
export type Product = {
  address: string;
  apiKey: string;
  secret: string;
  dataDir: string;
  environment: Record<string, string | undefined>;
  db: Db;
  /** Of the process that serves the API, in MB. */
  memoryMb(): Promise<number>;
  /** What it logged as an error since it was last asked, and whether it ended. */
  complaints(): string[];
  /** Asks it to stop; returns its exit code. */
  stop(): Promise<number | null>;
};

export async function startProduct(): Promise<Product> {
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'tq-fuzz-')));
  // As root the database server runs as another user, who has to pass.
  await chmod(dataDir, 0o711);
  const environment = {
    PATH: process.env['PATH'],
    DATA_DIR: dataDir,
    PORT: '0',
    API_KEY,
    SECRET_KEY: SECRET,
    RATE_LIMIT: '0',
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [`--max-old-space-size=${MOST_HEAP_MB}`, MAIN, 'start', '--empty'], {
    cwd: dataDir,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const complaints: string[] = [];
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (said + text).split('\n');
      said = lines.pop() ?? '';
      for (const line of lines) {
        const found = /runs at (http\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
        if (isComplaint(line)) complaints.push(line);
      }
    });
    child.once('exit', (code) => {
      complaints.push(`the product ended with ${code}`);
      reject(new Error(complaints.join('\n')));
    });
  });
  const postgres = await attachEmbeddedPostgres(dataDir, () => {});
  const db = connect(postgres.connectionString, { max: 2 });
  return {
    address,
    apiKey: API_KEY,
    secret: SECRET,
    dataDir,
    environment,
    db,
    memoryMb: () => memoryOf(Number(child.pid)),
    complaints: () => complaints.splice(0),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await db.destroy();
      await postgres.release();
      await rm(dataDir, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

const ERROR_LEVEL = 50;

/** Lines of JSON at error or above; what is no line of the log is no business of a machine, but for a crash. */
function isComplaint(line: string): boolean {
  if (!line.startsWith('{')) return /\bError\b|^\s+at /.test(line);
  const { level }: { level: number } = JSON.parse(line);
  return level >= ERROR_LEVEL;
}

/** Resident memory of a process, in MB. */
export async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '0' }));
  return Math.round(Number(stdout) / 1024);
}
