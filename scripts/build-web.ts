import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** What the dashboard is made of. Its tests are no part of it. */
const SOURCES = [
  'web/{src,public}/**/*',
  'web/*.{html,ts,json}',
  'src/{contract,scoring}/**/*.ts',
  'scripts/build-web.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const STAMP = '.stamp';
const BROKEN_OFF_MS = 60 * 60 * 1000;

/** Whether `web/dist` was built from these very sources. Where there are none, as in an image, what is there is taken. */
export function isBuilt(root: string): boolean {
  const dist = distOf(root);
  if (!existsSync(join(root, 'web', 'index.html'))) return existsSync(join(dist, 'index.html'));
  return readText(join(dist, STAMP)) === stampOf(root);
}

/**
 * Builds the dashboard into `web/dist`, all of it or nothing: what is there is replaced at the end, and a build beside
 * this one does no harm.
 *
 * @throws Error saying what to do when it cannot be built.
 */
export function buildWeb(root: string): void {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite)) {
    const instead = existsSync(join(distOf(root), 'index.html')) ? ' Until then an older one is served.' : '';
    throw new Error(`The packages that build it are missing: npm ci --include=dev && npm run build.${instead}`);
  }
  const workshop = join(root, 'web', '.building');
  tidy(workshop);
  const fresh = join(workshop, crypto.randomUUID());
  // Before the build: a source that changes during it makes the result an old one.
  const stamp = stampOf(root);
  try {
    const args = ['build', join(root, 'web'), '--outDir', fresh, '--logLevel', 'warn', '--configLoader', 'native'];
    // Whoever calls, such as a test run, may have said something else; React would be built with its warnings.
    const env = { ...process.env, NODE_ENV: 'production' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [vite, ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Vite says:\n${stdout}${stderr}`.trimEnd());
    compress(fresh);
    writeFileSync(join(fresh, STAMP), stamp);
    replace(distOf(root), fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Builds unless that was done, and says so. Returns whether the dashboard is there as its sources are. */
export function ensureBuilt(root: string, say: (words: string) => void): boolean {
  if (isBuilt(root)) return true;
  const began = performance.now();
  say('Building the dashboard (only when it has changed) ...');
  try {
    buildWeb(root);
    say(`Dashboard built in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
    return true;
  } catch (error) {
    say(`The dashboard could not be built. ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Over names and contents, so that a file that was moved counts too. */
function stampOf(root: string): string {
  const hash = createHash('sha256');
  const entries = globSync(SOURCES, { cwd: root }).toSorted();
  for (const path of entries.filter((entry) => !/\.test\.tsx?$/.test(entry))) {
    const file = join(root, path);
    if (statSync(file).isFile()) hash.update(JSON.stringify([path, readFileSync(file, 'base64')]));
  }
  return hash.digest('hex');
}

/** Beside each text its packed forms, so that the server packs nothing. */
function compress(folder: string): void {
  for (const path of globSync('**/*.{js,css,svg,html}', { cwd: folder })) {
    const file = join(folder, path);
    const content = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(content));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** A folder cannot be renamed onto another: the old one goes aside first. A build that came between has won. */
function replace(target: string, fresh: string): void {
  const old = `${fresh}-old`;
  unless(['ENOENT'], () => renameSync(target, old));
  unless(['ENOTEMPTY', 'EEXIST'], () => renameSync(fresh, target));
  rmSync(old, { recursive: true, force: true });
}

function unless(codes: string[], act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && codes.includes(String(error.code)))) throw error;
  }
}

/** Removes what builds that were broken off have left; those of now are left alone. */
function tidy(workshop: string): void {
  mkdirSync(workshop, { recursive: true });
  for (const name of globSync('*', { cwd: workshop })) {
    const path = join(workshop, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - changed > BROKEN_OFF_MS) rmSync(path, { recursive: true, force: true });
  }
}

function distOf(root: string): string {
  return join(root, 'web', 'dist');
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

if (import.meta.main) {
  // `npm run build` always builds; `npm start` and `npm test` only when something changed.
  const { values } = parseArgs({ options: { 'if-changed': { type: 'boolean', default: false } } });
  const root = join(import.meta.dirname, '..');
  if (!values['if-changed']) rmSync(join(distOf(root), STAMP), { force: true });
  process.exitCode = ensureBuilt(root, (words) => process.stderr.write(`${words}\n`)) ? 0 : 1;
}
