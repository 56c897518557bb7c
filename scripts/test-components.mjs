import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { run, say } from './processes.mjs';

/** What some tests need and npm cannot bring. */
const COMPONENTS = [
  { name: 'redis-server', brew: 'brew install redis', isThere: () => runs('redis-server') },
  {
    name: 'chromium',
    brew: 'brew install --cask chromium',
    isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some(isOnPath),
  },
];

const INSTALL = ['install', '-y', '--no-install-recommends'];

/** The components that this machine lacks. */
export function missingComponents() {
  return COMPONENTS.filter(({ isThere }) => !isThere());
}

/** Installs them where that needs no question: as root on Debian. What could not be installed is still missing. */
export async function installComponents(missing) {
  if (missing.length === 0 || !isRoot() || !isDebian() || !isOnPath('apt-get')) return;
  say(`Installing ${namesOf(missing)} with apt-get (only when missing; some tests need them) ...`);
  const options = { cwd: '/', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdout: 'stderr' };
  await run('apt-get', ['update'], options);
  await run('apt-get', [...INSTALL, ...missing.map(({ name }) => name)], options);
}

/** The command, or the words, that bring the components to this machine. */
export function wayToInstall(missing) {
  if (process.platform === 'darwin') return missing.map(({ brew }) => brew).join(' && ');
  const sudo = isRoot() ? '' : 'sudo ';
  const command = `${sudo}apt-get ${INSTALL.join(' ')} ${missing.map(({ name }) => name).join(' ')}`;
  if (isDebian()) return `${sudo}apt-get update && ${command}`;
  return `install ${namesOf(missing)} with the package manager of this system`;
}

/** "redis-server and chromium" */
export function namesOf(components) {
  return components.map(({ name }) => name).join(' and ');
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function isRoot() {
  return process.getuid?.() === 0;
}

function isDebian() {
  try {
    return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
