import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type BenchServer = { url: string; apiKey: string; dataDir: string; pid: number; stop(): Promise<void> };

/** The product as its user runs it, on embedded PostgreSQL with full durability; the database is empty unless `args` says otherwise. */
export async function startServer(env: Record<string, string>, args: string[] = ['--empty']): Promise<BenchServer> {
  const dataDir = await newDataDir();
  const server = await startOn(dataDir, ['start', ...args], env);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

export function newDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'tq-bench-'));
}

/** A command that serves, such as `start` or `api`, on the data in a folder, which stays when it stops. */
export async function startOn(
  dataDir: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<BenchServer> {
  const main = join(import.meta.dirname, '../src/main.ts');
  const server = spawn(process.execPath, [...nodeArguments(), main, ...args], {
    env: { ...process.env, PORT: '0', RATE_LIMIT: '0', LOG_LEVEL: 'warn', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (text: unknown) => {
      said += String(text);
      const address = /runs at (http:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      resolve(address);
      // What it logs from now on is read and not kept.
      server.stderr.off('data', hear).resume();
    };
    server.stderr.on('data', hear);
    server.once('exit', () => reject(new Error(said)));
  });
  return {
    url,
    apiKey: (await readFile(join(dataDir, 'api-key'), 'utf8')).trim(),
    dataDir,
    pid: server.pid ?? 0,
    stop: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

/** For a profile of the server: BENCH_NODE=--cpu-prof. */
function nodeArguments(): string[] {
  return (process.env['BENCH_NODE'] ?? '').split(' ').filter((argument) => argument !== '');
}

/** Runs a command of the product on the data in a folder, beside a server that may run there. */
export async function runCommand({ dataDir }: Pick<BenchServer, 'dataDir'>, args: string[]): Promise<void> {
  const main = join(import.meta.dirname, '../src/main.ts');
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  const [code] = await once(
    spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Runs `run` for each item, so many at a time, in order. */
export async function eachAtOnce<Item>(items: readonly Item[], atOnce: number, run: (item: Item) => Promise<void>) {
  const rest = items.values();
  const work = async () => {
    for (const item of rest) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
