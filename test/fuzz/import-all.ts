import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { writeImportFiles } from './import-files.ts';
import { memoryOf, type Product } from './product.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const SAMPLE_MS = 200;
/** A command of this kind needs some 150 MB before it has read anything. */
const MOST_MB = 500;

/** Has the import command read every file of `import-files.ts`; it says what is wrong with them, and stays small. */
export async function importAll(
  { dataDir, environment }: Pick<Product, 'dataDir' | 'environment'>,
  seed: number,
  say: (words: string) => void,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, path } of await writeImportFiles(dataDir, seed)) {
    const began = performance.now();
    const { code, said, peakMb } = await importFile(path, environment);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`import ${name}: exit code ${code}, ${seconds} s, ${peakMb} MB at its highest`);
    if (code === null || code > 2) faults.push(`import ${name} ended with ${code}: ${said.slice(-500)}`);
    if (/\n\s+at .+:\d+:\d+/.test(said)) faults.push(`import ${name} shows a stack: ${said.slice(0, 500)}`);
    if (peakMb > MOST_MB) faults.push(`import ${name} took ${peakMb} MB`);
  }
  return faults;
}

async function importFile(path: string, environment: Product['environment']) {
  const child = spawn(process.execPath, [MAIN, 'import', path], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-20_000)));
  let peakMb = 0;
  const sample = async () => {
    const mb = await memoryOf(Number(child.pid));
    peakMb = Math.max(peakMb, mb);
  };
  const timer = setInterval(() => {
    void sample();
  }, SAMPLE_MS);
  await once(child, 'close');
  clearInterval(timer);
  return { code: child.exitCode, said, peakMb };
}
