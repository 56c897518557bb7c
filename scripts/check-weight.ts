import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { ensureBuilt } from './build-web.ts';

const FIRST_LOAD_BYTES = 150_000;
const PAGE_BYTES = 40_000;
const ENTRY = 'index.html';
/** The page that a person comes to first. */
const FIRST_PAGE = /^src\/features\/overview\//;

/** What Vite notes of each chunk: its file, and the chunks that come with it or when they are asked for. */
const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isDynamicEntry: z.boolean().default(false),
    imports: z.array(z.string()).default([]),
  }),
);
type Manifest = z.infer<typeof manifestSchema>;
type Weight = { what: string; bytes: number; limit: number };

/** How much JavaScript, gzipped, a browser loads for the first page, and beyond the entry for each other one. */
export function weigh(dist: string): Weight[] {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')));
  const pages = Object.keys(manifest).filter((key) => manifest[key]?.isDynamicEntry);
  const firstPages = pages.filter((key) => FIRST_PAGE.test(key));
  if (firstPages.length === 0)
    throw new Error(`No chunk of the first page (${FIRST_PAGE.source}): it is not on its own.`);
  const entry = new Set([...scriptsOf(join(dist, ENTRY)), ...filesOf(manifest, [ENTRY])]);
  const first = new Set([...entry, ...filesOf(manifest, firstPages)]);
  const sum = (files: Set<string>) => Array.from(files, (file) => gzipped(join(dist, file))).reduce((a, b) => a + b, 0);
  return [
    { what: 'first load of the overview', bytes: sum(first), limit: FIRST_LOAD_BYTES },
    ...pages
      .filter((key) => !firstPages.includes(key))
      .map((key) => ({ what: key, bytes: sum(filesOf(manifest, [key]).difference(entry)), limit: PAGE_BYTES })),
  ];
}

/** The files of chunks and of all that they import at once. */
function filesOf(manifest: Manifest, keys: string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const imported of manifest[key]?.imports ?? []) visit(imported);
  };
  for (const key of keys) visit(key);
  return new Set(Array.from(seen, (key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js')));
}

/** Also those that are no modules. */
function scriptsOf(page: string): string[] {
  const names = readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/([^"]+\.js)"/g);
  return Array.from(names, ([, name = '']) => name);
}

function print(words: string): void {
  process.stdout.write(`${words}\n`);
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const weights = ensureBuilt(root, print) ? weigh(join(root, 'web', 'dist')) : [];
  for (const { what, bytes, limit } of weights) {
    const kilobytes = (bytes / 1000).toFixed(1).padStart(6);
    print(`       ${kilobytes} kB of ${limit / 1000} kB ${bytes > limit ? 'TOO HEAVY' : ''} ${what}`);
  }
  process.exitCode = weights.length > 0 && weights.every(({ bytes, limit }) => bytes <= limit) ? 0 : 1;
}
