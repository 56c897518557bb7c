// What `npm start` and `npm test` run before anything is installed: plain JavaScript that Node 20 understands.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { findRuntime, isInstalled, markInstalled } from './installed.mjs';
import { endLike, run, say } from './processes.mjs';
import { installComponents, missingComponents, namesOf, wayToInstall } from './test-components.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [mode, ...rest] = process.argv.slice(2);

if (mode === 'start') endLike(await start());
else if (mode === 'test') endLike(await test());
else endLike(failure('usage: node scripts/bootstrap.mjs start|test [arguments]', 2));

async function start() {
  const obstacle = await install({ dev: false });
  if (obstacle) return obstacle;
  const runtime = findRuntime(root);
  if ('problem' in runtime) return failure(runtime.problem);
  // Without its dashboard the API serves all the same, and says at `/` what is missing.
  const build = await buildDashboard(runtime.path);
  if (build.signal !== null) return build;
  // Over the channel the app notices the end of this process even when it is killed.
  return run(runtime.path, [join('src', 'main.ts'), 'start', ...rest], { cwd: root, channel: true });
}

async function test() {
  const obstacle = await install({ dev: true });
  if (obstacle) return obstacle;
  const runtime = findRuntime(root);
  if ('problem' in runtime) return failure(runtime.problem);
  const build = await buildDashboard(runtime.path);
  if (build.code !== 0) return build;
  await installComponents(missingComponents());
  const missing = missingComponents();
  if (missing.length > 0 && isTruthy(process.env.CI)) {
    return failure(
      `CI runs every test, and ${namesOf(missing)} is missing here. To bring it:\n  ${wayToInstall(missing)}`,
    );
  }
  const env = { ...process.env, TQS_MISSING: missing.map(({ name }) => name).join(',') };
  const outcome = await run(runtime.path, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...rest], {
    cwd: root,
    env,
  });
  if (missing.length > 0)
    say(`\nNot run: the tests that need ${namesOf(missing)}. To run them too:\n  ${wayToInstall(missing)}`);
  return outcome;
}

/** Installs the packages unless they are what the lock file asks for. Returns what to end with if that fails. */
async function install({ dev }) {
  if (isInstalled(root, { dev })) return null;
  say('Installing the packages (only when they have changed; about a minute) ...');
  const began = Date.now();
  const [command, ...args] = npmCommand();
  const options = ['--no-audit', '--no-fund', '--loglevel=error', ...(dev ? ['--include=dev'] : [])];
  const outcome = await run(command, [...args, 'ci', ...options], { cwd: root, stdout: 'stderr' });
  if (outcome.code === 0) {
    markInstalled(root, { dev });
    say(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
    return null;
  }
  say('The packages could not be installed: see above. A network connection to the package registry is needed once.');
  return outcome;
}

/** Builds the dashboard unless it is what its sources ask for. */
function buildDashboard(runtime) {
  return run(runtime, [join('scripts', 'build-web.ts'), '--if-changed'], { cwd: root, stdout: 'stderr' });
}

/** The npm that runs this script, on its own Node: the pinned one is about to be replaced. */
function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  const isNpm = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli);
  return isNpm ? [node !== undefined && existsSync(node) ? node : process.execPath, cli] : ['npm'];
}

function failure(message, code = 1) {
  say(message);
  return { code, signal: null };
}

function isTruthy(value) {
  return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());
}
