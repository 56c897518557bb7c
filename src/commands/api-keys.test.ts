import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { loadApiKeys } from './api-keys.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tq-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

const config = parseConfig({});

it('makes one key, readable to its owner alone, and keeps it', async () => {
  const first = await loadApiKeys(config, folder);
  expect(first).toMatchObject({ isNew: true, file: join(folder, 'api-key') });
  expect((await stat(join(folder, 'api-key'))).mode & 0o777).toBe(0o600);
  expect(await loadApiKeys(config, folder)).toEqual({ ...first, isNew: false });
});

it('gives all that come at once the same key', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => loadApiKeys(config, folder)));
  expect(new Set(all.flatMap(({ keys }) => keys)).size).toBe(1);
});

it.each([
  ['empty', ''],
  ['cut short', 'abc\n'],
])('refuses a file that is %s: it would be a key that anybody has', async (_what, content) => {
  await writeFile(join(folder, 'api-key'), content);
  await expect(loadApiKeys(config, folder)).rejects.toMatchObject({ code: 'unavailable' });
});

it('makes none when API_KEY gives some', async () => {
  const given = parseConfig({ API_KEY: 'one-key-0123456789, two-key-0123456789' });
  expect(await loadApiKeys(given, folder)).toEqual({
    keys: ['one-key-0123456789', 'two-key-0123456789'],
    file: null,
    isNew: false,
  });
  await expect(readFile(join(folder, 'api-key'))).rejects.toThrow('ENOENT');
});
