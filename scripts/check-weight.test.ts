import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { weigh } from './check-weight.ts';

const MANIFEST = {
  'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_shared'] },
  _shared: { file: 'assets/shared.js' },
  _chart: { file: 'assets/chart.js', imports: ['_shared'] },
  'src/features/overview/overview-page.tsx': {
    file: 'assets/overview.js',
    isDynamicEntry: true,
    imports: ['_chart', '_shared'],
  },
  'src/features/tutor/tutor-page.tsx': { file: 'assets/tutor.js', isDynamicEntry: true, imports: ['_chart'] },
  'src/features/account/account-page.tsx': { file: 'assets/account.js', isDynamicEntry: true },
};

test('weighs all that the first page loads once, and what each other page loads beyond the entry', async () => {
  const dist = await built(MANIFEST);
  const each = weighOne(await built({ ...MANIFEST, 'index.html': { file: 'assets/index.js' } }));
  // Files of one size: the packed size of one is that of all.
  expect(weigh(dist).map(({ what, bytes }) => [what, bytes / each])).toEqual([
    ['first load of the overview', 5],
    ['src/features/tutor/tutor-page.tsx', 2],
    ['src/features/account/account-page.tsx', 1],
  ]);
});

test('complains when the first page cannot be told', async () => {
  const { 'src/features/overview/overview-page.tsx': _, ...rest } = MANIFEST;
  const dist = await built(rest);
  expect(() => weigh(dist)).toThrow('No chunk of the first page');
});

function weighOne(dist: string): number {
  return weigh(dist).find(({ what }) => what.includes('account'))?.bytes ?? 0;
}

async function built(manifest: object): Promise<string> {
  const dist = await mkdtemp(join(tmpdir(), 'tq-'));
  onTestFinished(() => rm(dist, { recursive: true }));
  await mkdir(join(dist, '.vite'));
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, '.vite', 'manifest.json'), JSON.stringify(manifest));
  await writeFile(
    join(dist, 'index.html'),
    '<script src="/theme.js"></script><script src="/assets/index.js"></script>',
  );
  const names = ['theme', 'assets/index', 'assets/shared', 'assets/chart', 'assets/overview', 'assets/tutor'];
  for (const name of [...names, 'assets/account']) await writeFile(join(dist, `${name}.js`), 'x'.repeat(100));
  return dist;
}
