import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { buildWeb, ensureBuilt, isBuilt } from './build-web.ts';

const quietly = () => {};
const REPOSITORY = join(import.meta.dirname, '..');

test('builds what the browser needs, packed too, and no source map', async () => {
  const root = await smallProject();
  expect(isBuilt(root)).toBe(false);
  buildWeb(root);
  const files = await readdir(join(root, 'web', 'dist'), { recursive: true });
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  const script = files.find((file) => /^assets\/index-.*\.js$/.test(file)) ?? 'none';
  const [plain, brotli, gzip] = await Promise.all(
    ['', '.br', '.gz'].map((packed) => readFile(join(root, 'web', 'dist', `${script}${packed}`))),
  );
  expect(String(plain)).toContain('first words');
  expect(brotliDecompressSync(brotli ?? '').equals(plain ?? Buffer.of())).toBe(true);
  expect(gunzipSync(gzip ?? '').equals(plain ?? Buffer.of())).toBe(true);
  expect(files).toEqual(expect.arrayContaining(['index.html.br', 'icon.svg.gz']));
  expect(await readdir(join(root, 'web', '.building'))).toEqual([]);
});

test('builds again when a source changes, and only then', async () => {
  const root = await smallProject();
  expect(ensureBuilt(root, quietly)).toBe(true);
  const marker = join(root, 'web', 'dist', 'marker');
  const hasBuilt = () => ensureBuilt(root, quietly) && !existsSync(marker);
  for (const [path, text] of [
    ['web/src/main.ts', `document.title = 'other words';`],
    ['web/src/new.ts', ''],
    ['web/public/icon.svg', '<svg/>'],
    ['src/contract/words.ts', 'export const words = 2;'],
    ['src/scoring/words.ts', ''],
    ['package-lock.json', '{ "lockfileVersion": 3 }'],
  ] as const) {
    await writeFile(marker, '');
    await utimes(join(root, 'web', 'src', 'main.ts'), new Date(), new Date());
    await writeFile(join(root, 'web', 'src', 'main.test.ts'), path);
    await writeFile(join(root, 'src', 'server.ts'), path);
    expect([path, hasBuilt()]).toEqual([path, false]);
    await writeFile(join(root, path), text);
    expect([path, hasBuilt()]).toEqual([path, true]);
  }
});

test('leaves what is there when a build fails', async () => {
  const root = await smallProject();
  buildWeb(root);
  const before = await readFile(join(root, 'web', 'dist', 'index.html'), 'utf8');
  await writeFile(join(root, 'web', 'src', 'main.ts'), 'const = broken');
  const said: string[] = [];
  expect(ensureBuilt(root, (words) => said.push(words))).toBe(false);
  expect(said.at(-1)).toMatch(/could not be built[^]*main\.ts/);
  expect(isBuilt(root)).toBe(false);
  expect(await readFile(join(root, 'web', 'dist', 'index.html'), 'utf8')).toBe(before);
  expect(await readdir(join(root, 'web', '.building'))).toEqual([]);
});

test('two at once end in one good build', async () => {
  const root = await smallProject();
  const program = join(root, 'scripts', 'build-web.ts');
  await Promise.all([1, 2].map(() => promisify(execFile)(process.execPath, [program, '--if-changed'])));
  expect(isBuilt(root)).toBe(true);
  expect(await readdir(join(root, 'web', 'dist'))).toContain('index.html');
  expect(await readdir(join(root, 'web', '.building'))).toEqual([]);
});

test('without the packages that build it, says how to get them, and takes what was built elsewhere', async () => {
  const root = await smallProject();
  await rm(join(root, 'node_modules'));
  expect(() => buildWeb(root)).toThrow('npm ci --include=dev && npm run build');
  expect(ensureBuilt(root, quietly)).toBe(false);

  await rm(join(root, 'web'), { recursive: true });
  expect(ensureBuilt(root, quietly)).toBe(false);
  await mkdir(join(root, 'web', 'dist'), { recursive: true });
  await writeFile(join(root, 'web', 'dist', 'index.html'), '');
  expect(ensureBuilt(root, quietly)).toBe(true);
});

/** A checkout in small: the packages are the real ones. */
async function smallProject(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'tq-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await Promise.all(
    ['web/src', 'web/public', 'src/contract', 'src/scoring', 'scripts'].map((folder) =>
      mkdir(join(root, folder), { recursive: true }),
    ),
  );
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  await cp(join(REPOSITORY, 'scripts', 'build-web.ts'), join(root, 'scripts', 'build-web.ts'));
  const files = {
    'package.json': '{ "type": "module" }',
    'package-lock.json': '{}',
    'web/index.html': '<!doctype html><script type="module" src="/src/main.ts"></script>',
    'web/src/main.ts': `document.title = 'first words';`,
    'web/public/icon.svg': '<svg></svg>',
    'src/contract/words.ts': 'export const words = 1;',
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  return root;
}
