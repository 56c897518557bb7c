import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PGBENCH = process.env['PGBENCH'] ?? 'pgbench';

/** A script of statements, and how often it is run beside the others. */
export type Script = { sql: string; weight: number };

/** Transactions a second that pgbench reaches with these scripts, statements prepared. */
export async function pgbench(
  connectionString: string,
  scripts: readonly Script[],
  clients: number,
  seconds: number,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'tq-pgbench-'));
  try {
    const files = await Promise.all(
      scripts.map(async ({ sql, weight }, index) => {
        const file = join(folder, `${index}.sql`);
        await writeFile(file, sql);
        return `--file=${file}@${weight}`;
      }),
    );
    const options = ['--no-vacuum', '--protocol=prepared', `--client=${clients}`, `--time=${seconds}`, ...files];
    const { stdout } = await promisify(execFile)(PGBENCH, [...options, connectionString]);
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
    if (tps === undefined) throw new Error(stdout);
    return Number(tps);
  } finally {
    await rm(folder, { recursive: true });
  }
}
