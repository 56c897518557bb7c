import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';

/** What a check says is shown when it fails; `isShown`: always, because its figures tell something. */
type Check = { name: string; command: [program: string, ...args: string[]]; isShown?: boolean };

const FOLDERS = ['src', 'test', 'scripts', 'bench', 'web/src', 'web/test'];
const TSC = join('node_modules', 'typescript-7', 'bin', 'tsc');

/** What must hold before a change is taken, the quick ones first. `--no-tests` leaves the tests to whoever runs them. */
// TypeScript 7 checks and is quick; TypeScript 6 is there as the library by which the import rules see the files.
const CHECKS: Check[] = [
  { name: 'format', command: ['biome', 'check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '.'] },
  { name: 'types', command: ['node', TSC, '--noEmit', '--project', '.'] },
  { name: 'types of the dashboard', command: ['node', TSC, '--noEmit', '--project', 'web'] },
  {
    name: 'import rules',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', ...FOLDERS],
  },
  { name: 'unused code', command: ['knip', '--no-progress', '--no-config-hints'] },
  { name: 'schema dump', command: ['node', join('scripts', 'dump-schema.ts'), '--check'] },
  { name: 'weight of the dashboard', command: ['node', join('scripts', 'check-weight.ts')], isShown: true },
];
const TESTS: Check = { name: 'tests', command: ['node', join('scripts', 'bootstrap.mjs'), 'test'] };

const ROOT = join(import.meta.dirname, '..');
/** The project's own tools and its pinned Node, whoever calls this from wherever. */
const ENV = { ...process.env, PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter) };

const { values } = parseArgs({ options: { tests: { type: 'boolean', default: true } }, allowNegative: true });
const checks = values.tests ? [...CHECKS, TESTS] : CHECKS;
let failed = 0;
for (const check of checks) failed += (await holds(check)) ? 0 : 1;
print(`${checks.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** Runs a check, says how it went, and shows what it said if it failed. */
async function holds({ name, command, isShown }: Check): Promise<boolean> {
  const began = performance.now();
  const { code, output } = await run(command);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (code !== 0 || isShown) print(`${output.trimEnd()}\n`);
  return code === 0;
}

function run([program, ...args]: Check['command']): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env: ENV, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        output += part;
      });
    }
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

function print(words: string): void {
  process.stdout.write(words);
}
