import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, onTestFinished, test } from 'vitest';

/** A process that runs `child` as the bootstrap does; ready when the child says so. */
async function runInBetween(child: string) {
  const module = new URL('./processes.mjs', import.meta.url).href;
  const between = `
    const { run, endLike } = await import(${JSON.stringify(module)});
    endLike(await run(process.execPath, ['-e', ${JSON.stringify(child)}], { cwd: '.', channel: true }));
  `;
  const middle = spawn(process.execPath, ['--input-type=module', '-e', between], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void middle.kill('SIGKILL'));
  const ended = once(middle, 'exit');
  await once(middle.stdout, 'data');
  return { middle, ended };
}

const WAITS = `setInterval(() => {}, 1000); process.stdout.write('ready');`;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a %s for the process in between reaches the child once',
  async (signal) => {
    const { middle, ended } = await runInBetween(`
    let times = 0;
    process.on('${signal}', () => { times += 1; setImmediate(() => process.exit(40 + times)); });
    ${WAITS}
  `);
    middle.kill(signal);
    expect(await ended).toEqual([41, null]);
  },
);

test('the process in between ends by the signal that ended its child', async () => {
  const { ended } = await runInBetween(`process.stdout.write('ready', () => process.kill(process.pid, 'SIGKILL'));`);
  expect(await ended).toEqual([null, 'SIGKILL']);
});

test('the child hears of it when the process in between is killed', async () => {
  const { middle, ended } = await runInBetween(`
    process.once('disconnect', () => process.stdout.write('alone', () => process.exit()));
    ${WAITS}
  `);
  const said = once(middle.stdout, 'data');
  middle.kill('SIGKILL');
  await ended;
  expect(String(await said)).toBe('alone');
});
