import { spawn } from 'node:child_process';

const PARENT_POLL_MS = 1000;

/** Everything this script says itself goes to standard error: standard output belongs to what it runs. */
export function say(message) {
  process.stderr.write(`${message}\n`);
}

/**
 * Runs a program in the foreground until it ends, and resolves with its `{ code, signal }`.
 * A signal that reaches only this process is passed on.
 */
export function run(command, args, { cwd, env = process.env, stdout = 'stdout', channel = false }) {
  const stdio = ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit', ...(channel ? ['ipc'] : [])];
  const pass = (signal) => {
    // Ctrl-C goes from a terminal to the whole group: the child has it already.
    if (signal !== 'SIGINT' || !onTerminal()) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // Before there is a child, lest one that comes at once ends this process alone.
  for (const signal of signals) process.on(signal, pass);
  const child = spawn(command, args, { cwd, env, stdio });
  const watch = watchNpm(() => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    const end = (outcome) => {
      for (const signal of signals) process.off(signal, pass);
      clearInterval(watch);
      resolve(outcome);
    };
    child.once('exit', (code, signal) => end({ code, signal }));
    child.once('error', (error) => {
      say(`${command} cannot be run: ${error.message}`);
      end({ code: 1, signal: null });
    });
  });
}

/** Ends this process the way its child ended. */
export function endLike({ code, signal }) {
  process.exitCode = code ?? 1;
  if (signal !== null) process.kill(process.pid, signal);
}

/** An npm that is killed outright tells nobody: what it ran would go on without a terminal or a parent. */
function watchNpm(onGone) {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onGone();
  }, PARENT_POLL_MS);
  return watch;
}

function onTerminal() {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}
