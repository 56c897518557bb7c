import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type BenchServer = { url: string; apiKey: string; dataDir: string; stop(): Promise<void> };

/** The product as its user runs it, on embedded PostgreSQL with full durability; the database is empty unless `args` says otherwise. */
export async function startServer(env: Record<string, string>, args: string[] = ['--empty']): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tq-bench-'));
  const main = join(import.meta.dirname, '../src/main.ts');
  const server = spawn(process.execPath, [main, 'start', ...args], {
    env: { ...process.env, PORT: '0', RATE_LIMIT: '0', LOG_LEVEL: 'warn', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (text) => {
      said += String(text);
      const address = /runs at (http:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    server.once('exit', () => reject(new Error(said)));
  });
  return {
    url,
    apiKey: (await readFile(join(dataDir, 'api-key'), 'utf8')).trim(),
    dataDir,
    stop: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
      await rm(dataDir, { recursive: true });
    },
  };
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
