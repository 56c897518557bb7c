import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRandom, type Random } from '../../src/synthetic/random.ts';
import { TEXTS, TIMES } from './hostile.ts';

const HEADER = 'session_id,tutor_id,student_id,scheduled_time,status,tutor_name';
const MB = 1024 * 1024;

export type ImportFile = { name: string; path: string };

type Make = (random: Random) => Buffer;

const line = (random: Random, ...cells: string[]) =>
  `${random.uuid()},${random.uuid()},s-1,2024-01-15T14:00:00Z,no_show,Ada${cells.join(',')}`;
const csv = (...lines: string[]) => Buffer.from([HEADER, ...lines].join('\n'));

/** What is no CSV, or not what it says it is; packed files that unpack to a thousand times their size. */
const FILES: Record<string, Make> = {
  'empty.csv': () => Buffer.alloc(0),
  'only-header.csv': () => csv(),
  'no-header.csv': (random) => Buffer.from(line(random)),
  'open-quote.csv': (random) => csv(line(random), `"${'x'.repeat(70_000)}`, line(random)),
  'quotes.csv': (random) => csv(...Array.from({ length: 500 }, () => `${line(random)}"","`)),
  'long-line.csv': (random) => csv('x'.repeat(5 * MB), line(random)),
  'wide.csv': (random) => csv(line(random, ',', ...Array.from({ length: 5000 }, () => 'x'))),
  'hostile.csv': (random) =>
    csv(
      ...[...TEXTS, ...TIMES].map((text) =>
        line(random).replace(random.pick(['s-1', 'Ada', '2024-01-15T14:00:00Z']), () => text),
      ),
    ),
  'utf16.csv': (random) => Buffer.from(`\ufeff${csv(line(random)).toString()}`, 'utf16le'),
  'latin1.csv': (random) => Buffer.from(csv(line(random).replace('Ada', 'Zoë')).toString(), 'latin1'),
  'nul.csv': (random) => Buffer.concat([csv(line(random)), Buffer.alloc(MB)]),
  'mac-lines.csv': (random) => Buffer.from(csv(line(random), line(random)).toString().replaceAll('\n', '\r')),
  'noise.csv': (random) => Buffer.from(Array.from({ length: 50_000 }, () => random.integer(0, 255))),
  'noise.csv.gz': (random) => Buffer.from(Array.from({ length: 50_000 }, () => random.integer(0, 255))),
  'cut.csv.gz': (random) => gzipSync(csv(line(random))).subarray(0, 40),
  'not-packed.csv.gz': (random) => csv(line(random)),
  'twice.csv.gz': (random) => gzipSync(gzipSync(csv(line(random)))),
  'bomb-one-line.csv.gz': () => gzipSync(Buffer.concat([csv(''), Buffer.alloc(300 * MB, 'x')])),
  'bomb-quotes.csv.gz': () => gzipSync(Buffer.concat([csv(''), Buffer.alloc(MB, '"x\n')])),
  'bomb-empty-lines.csv.gz': () => gzipSync(Buffer.concat([csv(''), Buffer.alloc(5 * MB, '\n')])),
};

/** Writes them all into a folder. */
export async function writeImportFiles(folder: string, seed: number): Promise<ImportFile[]> {
  const files = Object.entries(FILES).map(([name, make]) => ({
    name,
    path: join(folder, name),
    content: make(createRandom(seed, name)),
  }));
  for (const { path, content } of files) await writeFile(path, content);
  return files.map(({ name, path }) => ({ name, path }));
}
